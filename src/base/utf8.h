#pragma once

#include <cstdint>
#include <string_view>

namespace headwater {

struct CodePoint {
  uint32_t value;
  uint32_t size;  // bytes; 0 where the text does not start with a well-formed code point
};

/// The first code point of a text that is not empty. Surrogates and overlong forms are refused, as
/// by every JSON reader.
CodePoint decode_utf8(std::string_view text);

bool is_utf8(std::string_view text);

}  // namespace headwater
