#include "scan/python/source_text.h"

#include <algorithm>

namespace headwater::scan {

uint32_t LineTable::column(size_t offset) {
  const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  const bool same_line = offset >= column_offset_ && line(offset) == line(column_offset_);
  if (!same_line) {
    const size_t end = offset == 0 ? text_.npos : text_.find_last_of("\r\n", offset - 1);
    column_offset_ = end == text_.npos ? 0 : end + 1;
    column_ = 1;
  }
  const std::string_view between = text_.substr(column_offset_, offset - column_offset_);
  column_ += static_cast<size_t>(std::count_if(between.begin(), between.end(), is_first_byte));
  column_offset_ = offset;
  return static_cast<uint32_t>(column_);
}

}  // namespace headwater::scan
