#pragma once

#include <optional>
#include <string>

#include "cli/options.h"
#include "pipeline/memory.h"

namespace headwater::cli {

/// What a run may remember; nothing with `--no-cache`, or where there is no folder to have it in.
/// `commit`: its hash, or empty: what is on the disk.
std::optional<pipeline::MemoryOptions> memory_options(const Options& options,
                                                      const std::string& commit);

}  // namespace headwater::cli
