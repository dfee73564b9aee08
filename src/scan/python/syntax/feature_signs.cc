#include "scan/python/syntax/feature_signs.h"

#include "scan/python/lexer.h"

namespace headwater::scan::parsing {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

char next_code(std::string_view text, size_t i) {
  while (i < text.size() && is_blank(text[i])) ++i;
  return i < text.size() ? text[i] : '\0';
}

bool ends_with_word(std::string_view text, std::string_view word) {
  return text.ends_with(word) &&
         (text.size() == word.size() || !is_identifier_byte(text[text.size() - word.size() - 1]));
}

/// After a comma: whether the innermost bracket may be `[`.
bool may_be_in_index(std::string_view text, size_t comma) {
  constexpr size_t kFarthest = 2000;
  const size_t from = comma > kFarthest ? comma - kFarthest : 0;
  size_t depth = 0;
  for (size_t i = comma; i > from; --i) {
    const char c = text[i - 1];
    if (c == ')' || c == ']' || c == '}') ++depth;
    if (c != '(' && c != '[' && c != '{') continue;
    if (depth == 0) return c == '[';
    --depth;
  }
  return true;
}

bool may_be_new_star(std::string_view text, size_t star) {
  const size_t last = text.substr(0, star).find_last_not_of(" \t\r\n\f");
  if (last == std::string_view::npos) return false;
  const std::string_view before = text.substr(0, last + 1);
  switch (before.back()) {
    case '[':
    case ':':
    case '=':
    case '\\':
      return true;
    case ',':
      return may_be_in_index(text, last);
    default:
      return ends_with_word(before, "in") || ends_with_word(before, "return") ||
             ends_with_word(before, "yield");
  }
}

bool may_be_slash_parameter(char next) {
  return next == ',' || next == ')' || next == ':' || next == '\n' || next == '\r' || next == '#';
}

}  // namespace

bool may_have_more_features(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '/':
        if (may_be_slash_parameter(next_code(text, i + 1))) return true;
        break;
      case '=': {
        const char next = next_code(text, i + 1);
        if (next == '}' || next == '!' || next == ':') return true;
        break;
      }
      case '*':
        if (i + 1 < text.size() && text[i + 1] == '*') {
          ++i;
        } else if (may_be_new_star(text, i)) {
          return true;
        }
        break;
      case '(': {
        const size_t last = text.substr(0, i).find_last_not_of(" \t");
        if (last != text.npos && ends_with_word(text.substr(0, last + 1), "with")) return true;
        break;
      }
      default:
        break;
    }
  }
  return false;
}

bool is_plain_decorator(std::string_view text, size_t begin, size_t end) {
  size_t i = begin + 1;
  while (i < end && (is_identifier_byte(text[i]) || text[i] == '.' || is_blank(text[i]))) ++i;
  if (i >= end) return true;
  if (text[i] != '(') return false;
  size_t depth = 0;
  for (; i < end; ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i + 1 == end;
  }
  return false;
}

}  // namespace headwater::scan::parsing
