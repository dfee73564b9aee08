#pragma once

#include <string>

#include "cli/options.h"
#include "pipeline/attributed.h"

namespace headwater::cli {

/// Audits, has a question about the import graph answered into `text`, and writes it. The answer is
/// an exit code.
int ask_graph(const Options& options,
              Result<int> (*answer)(const FileSystem& files, const Options& options,
                                    pipeline::Attributed& audit, std::string& text));

}  // namespace headwater::cli
