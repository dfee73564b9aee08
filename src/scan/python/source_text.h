#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace headwater::scan {

/// Maps byte offsets to positions as CPython counts them: a line ends at LF, CRLF or a lone CR.
class LineTable {
 public:
  explicit LineTable(std::string_view text);

  /// The 1-based line that holds the byte at `offset` (0-based).
  uint32_t line(size_t offset) const;
  /// The 1-based column in code points of the byte at `offset`; the text is taken as UTF-8.
  uint32_t column(size_t offset) const;
  std::string_view text() const { return text_; }
  size_t line_count() const { return starts_.size(); }

 private:
  std::string_view text_;
  std::vector<size_t> starts_;  // byte offset of each line's first byte; starts_[0] == 0
};

}  // namespace headwater::scan
