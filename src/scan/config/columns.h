#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace headwater::scan {

/// Columns in code points. A question costs the distance from the one before on the same line, so
/// asking in source order is linear in all.
class Columns {
 public:
  explicit Columns(std::string_view text) : text_(text) {}

  /// The 1-based column of the byte at `at` in the line that begins at `line_begin`.
  uint32_t column(size_t line_begin, size_t at) {
    if (line_begin != line_begin_ || at < at_) {
      line_begin_ = at_ = line_begin;
      column_ = 1;
    }
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    const std::string_view between = text_.substr(at_, at - at_);
    column_ += static_cast<uint32_t>(
        between.size() - static_cast<size_t>(std::ranges::count_if(between, continues)));
    at_ = at;
    return column_;
  }

 private:
  std::string_view text_;
  size_t line_begin_ = 0;
  size_t at_ = 0;  // of the last question, and its answer
  uint32_t column_ = 1;
};

}  // namespace headwater::scan
