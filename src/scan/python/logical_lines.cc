#include "scan/python/logical_lines.h"

#include <algorithm>

namespace headwater::scan {
namespace {

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

size_t physical_line_end(std::string_view text, size_t at) {
  return std::min(text.find_first_of("\r\n", at), text.size());
}

/// After the line end at `at`: CRLF is one.
size_t after_line_end(std::string_view text, size_t at) {
  return text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? at + 2 : at + 1;
}

/// After the string whose first quote is at `at`. One that never ends, ends with its line.
size_t string_end(std::string_view text, size_t at) {
  const char quote = text[at];
  const std::string_view mark = text.substr(at, 3);
  const bool triple = mark.size() == 3 && mark[1] == quote && mark[2] == quote;
  for (size_t i = at + (triple ? 3 : 1); i < text.size(); ++i) {
    if (text[i] == '\\') {
      i += text.substr(i + 1, 2) == "\r\n" ? 2 : 1;
    } else if (triple && text.substr(i, 3) == mark) {
      return i + 3;
    } else if (!triple && (text[i] == quote || is_line_end(text[i]))) {
      return text[i] == quote ? i + 1 : i;
    }
  }
  return text.size();
}

}  // namespace

size_t logical_line_end(std::string_view text, size_t begin, std::vector<Comment>* comments) {
  size_t depth = 0;
  for (size_t i = begin; i < text.size();) {
    const char c = text[i];
    if (is_line_end(c)) {
      i = after_line_end(text, i);
      if (depth == 0) return i;
    } else if (c == '#') {
      const size_t end = physical_line_end(text, i);
      if (comments) comments->push_back({i, end});
      i = end;
    } else if (c == '"' || c == '\'') {
      i = string_end(text, i);
    } else if (c == '\\' && i + 1 < text.size() && is_line_end(text[i + 1])) {
      i = after_line_end(text, i + 1);
    } else {
      if (c == '(' || c == '[' || c == '{') ++depth;
      if ((c == ')' || c == ']' || c == '}') && depth > 0) --depth;
      ++i;
    }
  }
  return text.size();
}

}  // namespace headwater::scan
