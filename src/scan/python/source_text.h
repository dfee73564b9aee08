#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "scan/python/byte_classes.h"

namespace headwater::scan {

/// Maps byte offsets to positions as CPython counts them: a line ends at LF, CRLF or a lone CR.
/// Each query costs the distance from the one before, so asking in source order is linear in all.
class LineTable {
 public:
  LineTable(std::string_view text, const ByteIndex& index) : text_(text), index_(index) {}

  /// The 1-based line that holds the byte at `offset` (0-based).
  uint32_t line(size_t offset);
  /// The 1-based column in code points of the byte at `offset`; the text is taken as UTF-8.
  uint32_t column(size_t offset);
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  const ByteIndex& index_;
  size_t line_offset_ = 0;  // of the last question for a line, and its answer
  size_t line_ = 1;
  size_t column_offset_ = 0;
  size_t column_ = 1;
};

}  // namespace headwater::scan
