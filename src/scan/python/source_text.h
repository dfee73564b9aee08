#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "scan/python/byte_classes.h"

namespace headwater::scan {

/// The bytes of the line end at `i`: 2 for CRLF, 1 for LF or a lone CR, 0 where there is none.
inline size_t newline_size(std::string_view text, size_t i) {
  if (i >= text.size()) return 0;
  if (text[i] == '\n') return 1;
  if (text[i] != '\r') return 0;
  return i + 1 < text.size() && text[i + 1] == '\n' ? 2 : 1;
}

/// Behind the spaces at `i`, which are taken eight at a time.
inline size_t spaces_end(std::string_view text, size_t i) {
  for (; i + 8 <= text.size(); i += 8) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    word ^= 0x2020202020202020;
    if (word == 0) continue;
    if constexpr (std::endian::native == std::endian::little) {
      return i + static_cast<size_t>(std::countr_zero(word)) / 8;
    }
    break;
  }
  while (i < text.size() && text[i] == ' ') ++i;
  return i;
}

/// Maps byte offsets to positions as CPython counts them: a line ends at LF, CRLF or a lone CR.
/// A query for a column costs the distance from the one before, so asking in source order is linear
/// in all.
class LineTable {
 public:
  LineTable(std::string_view text, const ByteIndex& index) : text_(text), index_(index) {}

  /// The 1-based line that holds the byte at `offset` (0-based).
  uint32_t line(size_t offset) const {
    return static_cast<uint32_t>(1 + index_.line_ends_before(offset));
  }
  /// The 1-based column in code points of the byte at `offset`; the text is taken as UTF-8.
  uint32_t column(size_t offset);
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  const ByteIndex& index_;
  size_t column_offset_ = 0;  // of the last question for a column, and its answer
  size_t column_ = 1;
};

}  // namespace headwater::scan
