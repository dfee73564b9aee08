#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/options.h"

namespace headwater::cli {

/// What `--history` says, or else where the history of the audited folder is by the XDG base
/// directory specification; empty: nowhere.
std::string history_file(const Options& options);
/// The same; an error where it is nowhere.
Result<std::string> known_history_file(const Options& options);

/// Of what is one, as `headwater history` prints them.
std::optional<int64_t> run_number(std::string_view text);

}  // namespace headwater::cli
