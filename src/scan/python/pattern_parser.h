#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scan/python/token_view.h"

namespace headwater::scan {

/// A name that a pattern of `case` binds.
struct Capture {
  uint32_t offset;  // of the pattern node that CPython gives it: for `P as x`, where P begins
  std::string_view name;
};

/// The captures of a pattern (PEP 634), outer before inner where they begin at the same place.
std::vector<Capture> pattern_captures(TokenView pattern);

}  // namespace headwater::scan
