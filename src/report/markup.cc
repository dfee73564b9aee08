#include "report/markup.h"

#include <algorithm>

#include "report/printable.h"

namespace headwater::report {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (std::string_view("\\`*_{}[]<>#|!~&").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string code(std::string_view text) {
  std::string shown = printable(text);
  std::ranges::replace(shown, '`', '\'');
  std::string out;
  for (const char c : shown) {
    if (c == '|') out += '\\';  // a table's cell ends at a bar, in code too
    out += c;
  }
  return '`' + out + '`';
}

}  // namespace headwater::report
