// Headers of functions are the most frequent statement of all, and nearly none holds anything that
// matters but the name. Those come as five tokens: `def`, name, `(`, `)` and `:`.

#include "scan/python/lexer.h"
#include "scan/python/source_text.h"

namespace headwater::scan {

/// The closing quote of the string that begins at `i`; 0 if it has a prefix, so that it may hold
/// code, or three quotes, or no end.
size_t Lexer::plain_string_end(size_t i) const {
  const char quote = text_[i];
  if (is_identifier_byte(text_[i - 1]) || (at(i + 1) == quote && at(i + 2) == quote)) return 0;
  for (;;) {
    i = index_.next(i + 1, [](const BlockMasks& m) { return m.quote | m.backslash | m.line_end; });
    const char c = at(i);
    if (c == quote) return i;
    if (c != '"' && c != '\'' && c != '\\') return 0;
    if (c == '\\') i += at(i + 1) == '\r' && at(i + 2) == '\n' ? 2 : 1;
  }
}

/// From the `(` at `first` to behind the header's colon, if nothing in between may be one of
/// DynamicMarkers or an assignment expression, and the body is below. Else 0: the header is read
/// token by token.
size_t Lexer::plain_header_end(size_t first) const {
  size_t depth = 0;
  for (size_t i = first; i < text_.size(); ++i) {
    i = index_.next(i, [](const BlockMasks& m) {
      return m.open | m.close | m.line_end | m.quote | m.hash | m.backslash | m.odd | m.hint;
    });
    switch (at(i)) {
      case '(':
        if (i != first && may_call_marker(i)) return 0;
        ++depth;
        break;
      case '[':
      case '{':
        ++depth;
        break;
      case ')':
      case ']':
      case '}':
        if (depth == 0) return 0;
        --depth;
        break;
      case '\'':
      case '"':
        i = plain_string_end(i);
        if (i == 0) return 0;
        break;
      case '\n':
      case '\r': {
        if (depth > 0) break;
        const size_t end = text_[i] == '\n' && text_[i - 1] == '\r' ? i - 1 : i;
        return text_[end - 1] == ':' ? end : 0;
      }
      default:
        return 0;
    }
  }
  return 0;
}

bool Lexer::lex_plain_function(std::vector<Token>& tokens) {
  const auto word = [this](size_t begin) {
    return text_.substr(begin, index_.identifier_end(begin) - begin);
  };
  const size_t begin = pos_;
  size_t def = pos_;
  if (at(def) == 'a' && word(def) == "async" && at(def + 5) == ' ') def += 6;
  if (at(def) != 'd' || word(def) != "def" || at(def + 3) != ' ') return false;
  const size_t name = def + 4;
  const size_t open = index_.identifier_end(name);
  if (open == name || at(open) != '(') return false;
  const size_t end = plain_header_end(open);
  if (end == 0) return false;
  const auto add = [&](size_t from, size_t to, TokenKind kind, char op, uint32_t span) {
    tokens.push_back({static_cast<uint32_t>(from), static_cast<uint32_t>(to), span, kind, op});
  };
  if (def != begin) add(begin, begin + 5, TokenKind::kName, 0, 0);
  add(def, def + 3, TokenKind::kName, 0, 0);
  add(name, open, TokenKind::kName, 0, 0);
  add(open, open + 1, TokenKind::kOperator, '(', 1);
  add(end - 1, end - 1, TokenKind::kOperator, ')', 0);
  add(end - 1, end, TokenKind::kOperator, ':', 0);
  pos_ = end + newline_size(text_, end);
  return true;
}

}  // namespace headwater::scan
