#pragma once

#include <cstddef>
#include <string_view>

namespace headwater::scan::parsing {

/// Offset of the first character of `word` (UTF-8) that may not stand there in an identifier (PEP
/// 3131, PEP 672); the size if it is one.
size_t first_non_identifier(std::string_view word);
/// The code point at byte `at`, and its size in bytes; a byte that is no UTF-8 counts for itself.
char32_t code_point_at(std::string_view text, size_t at);
size_t utf8_size(std::string_view text, size_t at);
/// As `str.isprintable` of Python, for characters beyond ASCII.
bool is_printable(char32_t code_point);

}  // namespace headwater::scan::parsing
