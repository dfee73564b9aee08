// Code whose tokens matter to nobody: the parameters of nearly every function, the contents of most
// tables and calls. Of such brackets only the two ends become tokens.

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

/// From the bracket at `first` to its partner, or on to the end of the logical line, if nothing in
/// between may be one of DynamicMarkers, an assignment expression or the name of a module. Else
/// size(): it is read token by token.
size_t Lexer::plain_code_end(size_t first, PlainEnd wanted) const {
  size_t depth = 0;
  for (size_t i = first; i < text_.size(); ++i) {
    i = index_.next(i, [](const BlockMasks& m) {
      return m.open | m.close | m.line_end | m.quote | m.hash | m.backslash | m.odd | m.hint |
             m.keyword;
    });
    switch (at(i)) {
      case '(':
        if (i != first && may_call_marker(i)) return text_.size();
        ++depth;
        break;
      case '[':
      case '{':
        ++depth;
        break;
      case ')':
      case ']':
      case '}':
        if (depth == 0) return text_.size();
        if (--depth == 0 && wanted == PlainEnd::kBracket) return i;
        break;
      case '\'':
      case '"':
        i = plain_string_end(i);
        if (i == 0) return text_.size();
        break;
      case '\n':
      case '\r':
        if (depth == 0) return text_[i] == '\n' && text_[i - 1] == '\r' ? i - 1 : i;
        break;
      case 'i':
      case 'g':
        if (is_keyword_of_interest(i)) return text_.size();
        break;
      case '#':
        if (wanted == PlainEnd::kLine) return text_.size();
        i = index_.next_line_end(i);
        break;
      default:
        return text_.size();
    }
  }
  return text_.size();
}

/// Whether the bracket at pos_ holds values: no targets, no imported names, no `__all__`.
bool Lexer::opens_values(const std::vector<Token>& tokens) {
  if (tokens.empty() || tokens.front().kind != TokenKind::kName) return false;
  const auto word = [this](const Token& token) {
    return text_.substr(token.begin, token.end - token.begin);
  };
  if (may_open_block(word(tokens.front()))) return false;
  const Token& before = tokens.back();
  if (before.kind == TokenKind::kOperator) {
    if (before.op != '=') return false;
  } else if (before.kind != TokenKind::kName || word(before) == "import" || word(before) == "del") {
    return false;
  }
  return !may_call_marker(pos_) && !has_hint_before(pos_);
}

/// Whether the line has a hint in front of `pos`. Each part of it is looked at once.
bool Lexer::has_hint_before(size_t pos) {
  if (hint_free_ > pos) return true;
  const bool has = index_.any(hint_free_, pos, [](const BlockMasks& m) { return m.hint; });
  hint_free_ = has ? text_.size() : pos;
  return has;
}

/// Whether what a bracket closes in front of `i` is no target of a chain: `a = (b, c) = d`, or
/// `a = (b, c), e = f`.
bool Lexer::ends_value(size_t i) const {
  while (at(i) == ' ' || at(i) == '\t' || at(i) == '\f') ++i;
  return at(i) != '=' && at(i) != ',' && at(i) != '\\';
}

/// Whether a name and its attribute may stand in [begin, end), as `views.index` does: perhaps in a
/// string or a comment.
bool Lexer::may_read_attribute(size_t begin, size_t end) const {
  const std::string_view code = text_.substr(0, end);
  for (size_t dot = code.find('.', begin); dot < end; dot = code.find('.', dot + 1)) {
    if (!is_identifier_byte(at(dot + 1)) || is_digit(at(dot + 1))) continue;
    size_t name = dot;
    while (is_identifier_byte(text_[name - 1])) --name;
    const char before = text_[name - 1];
    if (name == dot || is_digit(text_[name]) || before == '.' || before == '"' || before == '\'') {
      continue;
    }
    return true;
  }
  return false;
}

/// Reads a pair of brackets and nothing between them, where that is plain and reads no attribute.
bool Lexer::lex_plain_brackets(std::vector<Token>& tokens) {
  if (!opens_values(tokens)) return false;
  const size_t end = plain_code_end(pos_, PlainEnd::kBracket);
  if (end == text_.size() || may_read_attribute(pos_ + 1, end)) return false;
  if (tokens.back().kind == TokenKind::kOperator && !ends_value(end + 1)) return false;
  const auto open = static_cast<uint32_t>(pos_);
  const auto close = static_cast<uint32_t>(end);
  tokens.push_back({open, open + 1, 1, TokenKind::kOperator, text_[open]});
  tokens.push_back({close, close + 1, 0, TokenKind::kOperator, text_[close]});
  pos_ = end + 1;
  return true;
}

/// Headers of functions are the most frequent statement of all. Those that read no attribute come
/// as five tokens: `def`, name, `(`, `)` and `:`.
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
  const size_t end = plain_code_end(open, PlainEnd::kLine);
  if (end == text_.size() || text_[end - 1] != ':') return false;
  const size_t first_code =
      has_postponed_annotations_ ? text_.substr(0, end).find('=', open) : open + 1;
  if (first_code < end && may_read_attribute(first_code, end)) return false;
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
