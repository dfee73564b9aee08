#pragma once

#include <string>

#include "cli/options.h"

namespace headwater::cli {

/// What `--history` says, or else where the history of the audited folder is by the XDG base
/// directory specification; empty: nowhere.
std::string history_file(const Options& options);

}  // namespace headwater::cli
