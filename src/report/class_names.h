#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/finding.h"

namespace headwater::report {

inline constexpr std::array<std::string_view, 7> kClassNames = {
    "fault", "environment", "cascade", "optional", "deferred", "unknown", "policy"};
inline constexpr std::array<std::string_view, 4> kWhenNames = {"import", "call", "script",
                                                               "typing"};
inline constexpr std::array<std::string_view, 3> kSeverityNames = {"error", "warning", "note"};

inline std::string_view name_of(FindingClass value) {
  return kClassNames[static_cast<size_t>(value)];
}
inline std::string_view name_of(When value) { return kWhenNames[static_cast<size_t>(value)]; }
inline std::string_view name_of(Severity value) {
  return kSeverityNames[static_cast<size_t>(value)];
}

}  // namespace headwater::report
