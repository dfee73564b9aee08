#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scan/python/token_view.h"

namespace headwater::scan {

/// The value of a `str` literal, all of `expression` being string tokens that CPython would join.
/// Nothing for bytes, f- and t-strings, other expressions, and escapes that need the Unicode names.
std::optional<std::string> string_value(TokenView expression);

/// Appends a code point as UTF-8; a lone surrogate likewise, as Python's `surrogatepass` does.
void append_utf8(std::string& out, uint32_t code_point);

}  // namespace headwater::scan
