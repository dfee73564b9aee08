#include "report/printable.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace headwater::report {
namespace {

/// C0, DEL and C1 controls can drive a terminal; line separators and direction marks can disguise a
/// name.
bool is_unsafe(uint32_t value) {
  return value < 0x20 || (value >= 0x7F && value < 0xA0) || (value >= 0x200B && value <= 0x200F) ||
         (value >= 0x2028 && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069) ||
         value == 0xFEFF;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    if (point.size == 0) {
      out += "\xEF\xBF\xBD";
      text.remove_prefix(1);
      continue;
    }
    if (is_unsafe(point.value)) {
      out += fmt::format("\\u{{{:x}}}", point.value);
    } else {
      out += text.substr(0, point.size);
    }
    text.remove_prefix(point.size);
  }
  return out;
}

size_t column_count(std::string_view utf8) {
  size_t count = 0;
  for (const char byte : utf8) {
    const bool continues = (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
    count += continues ? 0 : 1;
  }
  return count;
}

std::string counted(uint64_t number, std::string_view singular, std::string_view plural) {
  return fmt::format("{} {}", with_thousands(number), number == 1 ? singular : plural);
}

std::vector<std::string> wrapped(std::string_view utf8, size_t width) {
  std::vector<std::string> lines(1);
  while (!utf8.empty()) {
    const size_t end = std::min(utf8.find(' '), utf8.size());
    const std::string_view word = utf8.substr(0, end);
    utf8.remove_prefix(std::min(end + 1, utf8.size()));
    if (word.empty()) continue;
    const bool fits = column_count(lines.back()) + 1 + column_count(word) <= width;
    if (!lines.back().empty() && !fits) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

}  // namespace headwater::report
