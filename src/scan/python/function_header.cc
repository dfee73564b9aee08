// Headers of functions are the most frequent statement of all, and nearly none holds anything that
// matters but the name. Those come as five tokens: `def`, name, `(`, `)` and `:`.

#include "scan/python/lexer.h"

namespace headwater::scan {

/// From the `(` at `i` to behind the header's colon, if nothing in between can be a call, an
/// assignment expression, a name with two underscores or `sys.modules`, and the body is below.
/// Else 0: the header is read token by token.
size_t Lexer::plain_header_end(size_t i) const {
  size_t depth = 0;
  for (const size_t first = i; i < text_.size(); ++i) {
    const char next = at(i + 1);
    switch (text_[i]) {
      case '(':
        if (i != first) return 0;
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
      case '"': {
        const char quote = text_[i];
        do ++i;
        while (i < text_.size() && is_identifier_byte(text_[i]));
        // An f-string may call; it has a letter in front.
        if (at(i) != quote || at(i + 1) == quote || is_identifier_byte(at(i + 1))) return 0;
        break;
      }
      case '#':
      case '\\':
        return 0;
      case '_':
        if (next == '_') return 0;
        break;
      case '.':
        if (next == 'm' || next == ' ' || next == '\t' || newline_size(i + 1) != 0) return 0;
        break;
      case '\n':
      case '\r':
        if (depth == 0) return 0;
        break;
      case ':':
        if (next == '=') return 0;
        if (depth == 0) return next == '\n' || next == '\r' ? i + 1 : 0;
        break;
      default:
        break;
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
  pos_ = end + newline_size(end);
  return true;
}

}  // namespace headwater::scan
