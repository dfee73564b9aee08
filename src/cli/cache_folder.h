#pragma once

#include <string>

#include "cli/options.h"

namespace headwater::cli {

/// What `--cache-dir` says, or else where the cache is by the XDG base directory specification;
/// empty: nowhere.
std::string cache_folder(const Options& options);

/// The value of `variable`, or else `folder` in the user's home; empty: there is none.
std::string user_folder(const char* variable, const char* folder);

}  // namespace headwater::cli
