#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/python_environment.h"

namespace headwater {

/// PEP 503: lower case, runs of `-`, `_` and `.` become one `-`.
std::string normalized_distribution_name(std::string_view name);

/// The name that a PEP 508 requirement begins with; empty if it begins with none (a bare URL or
/// path, an option of pip).
std::string_view requirement_name(std::string_view requirement);

/// The extra that the requirement holds for alone, the first that its marker compares `extra` with;
/// empty if its marker does not mention it.
std::string_view required_extra(std::string_view requirement);

/// The newest of `versions` that `specifier` (requires-python; poetry's caret and tilde too)
/// admits in some patch release; none if it admits none or cannot be read.
std::optional<PythonVersion> newest_admitted(std::string_view specifier,
                                             const std::vector<PythonVersion>& versions);

/// The `X.Y` that a text begins with, as in `3.11.4`, `3.12rc1`; none if there is none.
std::optional<PythonVersion> parse_python_version(std::string_view text);

}  // namespace headwater
