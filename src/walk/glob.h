#pragma once

#include <string_view>

namespace headwater::walk {

/// Whether `glob` matches all of `text`, as git matches the patterns of .gitignore: `?`, `*` and
/// `[...]` never match a `/`; `**` between slashes, or at an end, matches any number of folders.
/// A malformed bracket expression matches nothing. Quadratic at worst, never exponential.
bool glob_matches(std::string_view glob, std::string_view text);

/// The length of the part of `glob` that stands for itself.
size_t literal_length(std::string_view glob);

}  // namespace headwater::walk
