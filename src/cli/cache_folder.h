#pragma once

#include <string>

#include "cli/options.h"

namespace headwater::cli {

/// What `--cache-dir` says, or else where the cache is by the XDG base directory specification;
/// empty: nowhere.
std::string cache_folder(const Options& options);

}  // namespace headwater::cli
