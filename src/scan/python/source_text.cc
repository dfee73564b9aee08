#include "scan/python/source_text.h"

#include <algorithm>

namespace headwater::scan {

LineTable::LineTable(std::string_view text) : text_(text), starts_{0} {
  for (size_t i = 0; i < text.size(); ++i) {
    const bool lone_cr = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
    if (text[i] == '\n' || lone_cr) starts_.push_back(i + 1);
  }
}

uint32_t LineTable::line(size_t offset) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<uint32_t>(after - starts_.begin());
}

uint32_t LineTable::column(size_t offset) const {
  const size_t start = starts_[line(offset) - 1];
  const std::string_view before = text_.substr(start, offset - start);
  const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return 1 + static_cast<uint32_t>(std::count_if(before.begin(), before.end(), is_first_byte));
}

}  // namespace headwater::scan
