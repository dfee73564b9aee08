#pragma once

#include <cstddef>
#include <string_view>

#include "scan/python/byte_classes.h"

namespace headwater::scan::parsing {

/// Behind the string whose first quote is at `quote`. 0 if it may not compile: an end that is
/// missing, an escape that may not decode, a field of an f-string that Python took only from
/// PEP 701 on, a prefix that is none or newer.
size_t checked_string_end(std::string_view text, const ByteIndex& index, size_t quote);

}  // namespace headwater::scan::parsing
