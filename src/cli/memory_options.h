#pragma once

#include <optional>
#include <string>

#include "cli/options.h"
#include "pipeline/memory.h"

namespace headwater::cli {

/// What a run may remember; nothing with `--no-cache`, or where there is no folder to have it in.
/// `commit`: its hash, or empty: what is on the disk. `key`: what else the answer depends on.
std::optional<pipeline::MemoryOptions> memory_options(const Options& options,
                                                      const std::string& commit,
                                                      const std::string& key = {});

}  // namespace headwater::cli
