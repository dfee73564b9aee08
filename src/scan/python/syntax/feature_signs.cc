#include "scan/python/syntax/feature_signs.h"

#include "scan/python/lexer.h"

namespace headwater::scan::parsing {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

char at(std::string_view text, size_t i) { return i < text.size() ? text[i] : '\0'; }

/// `text` up to its last character in front of `end` that is no white space.
std::string_view code_before(std::string_view text, size_t end) {
  return text.substr(0, text.substr(0, end).find_last_not_of(kSpace) + 1);  // npos + 1 is 0
}

bool ends_with_word(std::string_view text, std::string_view word) {
  return text.ends_with(word) &&
         (text.size() == word.size() || !is_identifier_byte(text[text.size() - word.size() - 1]));
}

/// Whether the `[` after `before` may index something, and is no list for certain.
bool may_be_index(std::string_view before) {
  const std::string_view code = code_before(before, before.size());
  for (const std::string_view keyword : {"return", "in", "yield", "else", "if", "and", "or"}) {
    if (ends_with_word(code, keyword)) return false;
  }
  const char last = code.empty() ? '\0' : code.back();
  return is_identifier_byte(last) || last == ')' || last == ']' || last == '"' || last == '\'';
}

/// After a comma: whether the innermost bracket may index something. None is taken to span more
/// than so many bytes.
bool may_be_in_index(std::string_view text, size_t comma) {
  constexpr size_t kFarthest = 2000;
  const size_t from = comma > kFarthest ? comma - kFarthest : 0;
  size_t depth = 0;
  for (size_t i = comma; i > from; --i) {
    const char c = text[i - 1];
    if (c == ')' || c == ']' || c == '}') ++depth;
    if (c != '(' && c != '[' && c != '{') continue;
    if (depth == 0) return c == '[' && may_be_index(text.substr(0, i - 1));
    --depth;
  }
  return false;
}

/// Whether an operand follows: none does in `*, a`, nor in *emphasis*.
bool may_unpack(std::string_view text, size_t star) {
  const char first = at(text, star + 1);
  if (!is_identifier_byte(first)) return first == '(' || first == '[' || first == '{';
  size_t end = star + 1;
  while (end < text.size() && is_identifier_byte(text[end])) ++end;
  return at(text, end) != '*' || is_identifier_byte(at(text, end + 1));
}

/// Whether a `*` may stand where Python took it from 3.9 on, in `for x in *a, b`, or from 3.11 on.
bool may_be_new_star(std::string_view text, size_t star) {
  if (!may_unpack(text, star)) return false;
  const std::string_view before = code_before(text, star);
  if (before.empty()) return false;
  switch (before.back()) {
    case '\\':
      return true;
    case '[':
      return may_be_index(before.substr(0, before.size() - 1));
    case ',':
      return may_be_in_index(text, before.size() - 1);
    case ':': {  // of `*args: *T` alone
      size_t name = before.size() - 1;
      while (name > 0 && is_identifier_byte(before[name - 1])) --name;
      return name > 0 && before[name - 1] == '*';
    }
    default:
      return ends_with_word(before, "in");
  }
}

}  // namespace

bool may_have_new_star(std::string_view text) {
  for (size_t i = text.find('*'); i < text.size(); i = text.find('*', i + 1)) {
    if (at(text, i + 1) == '*') {
      ++i;
    } else if (may_be_new_star(text, i)) {
      return true;
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

size_t type_parameters_end(std::string_view text, size_t open) {
  size_t depth = 0;
  for (size_t i = open; i < text.size(); ++i) {
    switch (text[i]) {
      case '[':
      case '(':
        ++depth;
        break;
      case ']':
      case ')': {
        if (--depth > 0) break;
        const bool is_empty = text.find_first_not_of(" \t", open + 1) >= i;
        return is_empty ? 0 : i + 1;
      }
      case '=':
      case '"':
      case '\'':
      case '#':
      case '\\':
        return 0;
      default:
        break;
    }
  }
  return 0;
}

}  // namespace headwater::scan::parsing
