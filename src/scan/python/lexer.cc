#include "scan/python/lexer.h"

#include <algorithm>
#include <array>

#include "scan/python/source_text.h"

namespace headwater::scan {
namespace {

// Deeper nesting than CPython's own limit (150 in 3.12) is a syntax error there; the bound keeps
// our stack small.
constexpr uint32_t kMaxFieldDepth = 150;

bool has_letter(std::string_view word, char lower) {
  for (char c : word) {
    if ((c | 32) == lower) return true;
  }
  return false;
}

Token make(size_t begin, size_t end, TokenKind kind, char op = 0) {
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end), 0, kind, op};
}

}  // namespace

bool may_open_block(std::string_view word) {
  constexpr std::string_view kHeaders[] = {"if",    "elif",   "else",  "for",    "while",
                                           "with",  "try",    "def",   "class",  "case",
                                           "match", "except", "async", "finally"};
  if (word.size() < 2 || word.size() > 7) return false;
  for (const std::string_view header : kHeaders) {
    if (word == header) return true;
  }
  return false;
}

bool is_string_prefix(std::string_view word) {
  if (word.size() > 2) return false;
  for (char c : word) {
    if (std::string_view("rRbBuUfFtT").find(c) == std::string_view::npos) return false;
  }
  return true;
}

Lexer::Lexer(std::string_view text, const ByteIndex& index, std::span<const LineStart> lines)
    : text_(text), index_(index), lines_(lines) {
  if (text_.substr(0, 3) == "\xEF\xBB\xBF") pos_ = 3;
}

void Lexer::skip_comment() {
  pos_ = index_.next_line_end(pos_);
  // The bit of CRLF is on its LF; the caller counts both as one.
  if (pos_ < text_.size() && pos_ > 0 && text_[pos_] == '\n' && text_[pos_ - 1] == '\r') --pos_;
}

/// Skips blanks and continuations; true when a token follows on this line. `column` counts as the
/// tokenizer's indentation: tabs to multiples of 8, a form feed starts anew.
bool Lexer::skip_blank(size_t& column) {
  while (pos_ < text_.size()) {
    const char c = text_[pos_];
    if (c == ' ') {
      ++column;
    } else if (c == '\t') {
      column = (column / 8 + 1) * 8;
    } else if (c == '\f') {
      column = 0;
    } else if (c == '\\' && newline_size(text_, pos_ + 1) != 0) {
      pos_ += newline_size(text_, pos_ + 1);
    } else {
      return newline_size(text_, pos_) == 0 && c != '#';
    }
    ++pos_;
  }
  return false;
}

bool Lexer::next_line(std::vector<Token>& tokens, uint32_t& indentation, Wanted wanted,
                      uint32_t from) {
  tokens.clear();
  while (find_line(indentation)) {
    if (wanted != Wanted::kAll && indentation >= from && leave_out(wanted)) continue;
    if (!lex_plain_function(tokens)) lex_line(tokens);
    return true;
  }
  return false;
}

void Lexer::read_line(size_t begin, std::vector<Token>& tokens) {
  uint32_t indentation = 0;
  tokens.clear();
  pos_ = begin;
  wants_values_ = true;
  if (find_line(indentation)) lex_line(tokens);
}

/// Steps to the first token of the next logical line.
bool Lexer::find_line(uint32_t& indentation) {
  size_t column = 0;
  while (pos_ < text_.size() && !skip_blank(column)) {
    skip_comment();
    pos_ += newline_size(text_, pos_);
    column = 0;
  }
  indentation = static_cast<uint32_t>(column);
  return pos_ < text_.size();
}

void Lexer::lex_line(std::vector<Token>& tokens) {
  size_t column = 0;
  open_.clear();
  hint_free_ = pos_;
  while (pos_ < text_.size()) {
    if (lex_common(tokens)) continue;
    if (!skip_blank(column)) {
      skip_comment();
      pos_ += newline_size(text_, pos_);
      if (open_.empty()) break;
      continue;
    }
    const size_t before = tokens.size();
    lex_one(tokens);
    if (tokens.size() == before + 1 && tokens.back().kind != TokenKind::kOperator) continue;
    // An unbalanced field of an f-string is no business of what stands around it.
    const size_t outside = open_.size();
    for (size_t i = before; i < tokens.size(); ++i) {
      if (tokens[i].kind == TokenKind::kOperator) link_bracket(tokens, i);
    }
    if (tokens.size() > before + 1) open_.resize(std::min(outside, open_.size()));
  }
}

/// What most bytes of a line are: a space, a name or a bracket. False for anything else.
bool Lexer::lex_common(std::vector<Token>& tokens) {
  const char c = text_[pos_];
  switch (c) {
    case ' ':
      ++pos_;
      return true;
    case '(':
    case '[':
    case '{':
      if (open_.empty() && !wants_values_ && lex_plain_brackets(tokens)) return true;
      [[fallthrough]];
    case ',':
    case ')':
    case ']':
    case '}':
      tokens.push_back(make(pos_, pos_ + 1, TokenKind::kOperator, c));
      if (c != ',') link_bracket(tokens, tokens.size() - 1);
      ++pos_;
      return true;
    default:
      break;
  }
  if (!is_identifier_byte(c) || is_digit(c)) return false;
  const size_t end = index_.identifier_end(pos_);
  if (at(end) == '"' || at(end) == '\'') return false;
  tokens.push_back(make(pos_, end, TokenKind::kName));
  pos_ = end;
  return true;
}

/// Brackets know their partners, so that whoever steps over them does so in constant time, however
/// deep they nest.
void Lexer::link_bracket(std::vector<Token>& tokens, size_t i) {
  switch (tokens[i].op) {
    case '(':
    case '[':
    case '{':
      open_.push_back(static_cast<uint32_t>(i));
      break;
    case ')':
    case ']':
    case '}':
      if (open_.empty()) break;
      tokens[open_.back()].span = static_cast<uint32_t>(i) - open_.back();
      open_.pop_back();
      break;
    default:
      break;
  }
}

void Lexer::lex_one(std::vector<Token>& tokens) {
  const char c = text_[pos_];
  if (is_digit(c) || (c == '.' && is_digit(at(pos_ + 1)))) return lex_number(tokens);
  if (is_identifier_byte(c)) return lex_name(tokens);
  if (c == '"' || c == '\'') return lex_string(tokens, pos_, {});
  lex_operator(tokens);
}

void Lexer::lex_name(std::vector<Token>& tokens) {
  const size_t begin = pos_;
  pos_ = index_.identifier_end(pos_);
  const std::string_view word = text_.substr(begin, pos_ - begin);
  if ((at(pos_) == '"' || at(pos_) == '\'') && is_string_prefix(word)) {
    return lex_string(tokens, begin, word);
  }
  tokens.push_back(make(begin, pos_, TokenKind::kName));
}

void Lexer::lex_number(std::vector<Token>& tokens) {
  const size_t begin = pos_;
  const bool hexadecimal = at(pos_) == '0' && (at(pos_ + 1) | 32) == 'x';
  // A keyword may follow a number without a blank (`1if x else y`), so letters are taken only where
  // they belong.
  const std::string_view letters = hexadecimal ? "abcdefABCDEFxX" : "eEjJoObBlL";
  while (pos_ < text_.size()) {
    const char c = text_[pos_];
    const bool exponent_sign = (c == '+' || c == '-') && !hexadecimal &&
                               (text_[pos_ - 1] | 32) == 'e' && pos_ > begin &&
                               is_digit(at(pos_ + 1));
    if (!is_digit(c) && c != '_' && c != '.' && !exponent_sign &&
        letters.find(c) == std::string_view::npos) {
      break;
    }
    if ((c == 'e' || c == 'E') && !hexadecimal) {
      const char next = at(pos_ + 1);
      if (!is_digit(next) && next != '+' && next != '-') break;
    }
    ++pos_;
  }
  tokens.push_back(make(begin, pos_, TokenKind::kNumber));
}

void Lexer::lex_operator(std::vector<Token>& tokens) {
  const size_t begin = pos_;
  const char c = text_[pos_];
  const char next = at(pos_ + 1);
  char op = c;
  size_t size = 1;
  if (next != '=' && next != c && next != '>') {
    // Most have one character.
  } else if (next == '=' && std::string_view("=!<>").find(c) != std::string_view::npos) {
    op = kComparison, size = 2;
  } else if (c == ':' && next == '=') {
    op = kWalrus, size = 2;
  } else if (c == '-' && next == '>') {
    op = kArrow, size = 2;
  } else if (next == '=' && std::string_view("+-*/%@&|^").find(c) != std::string_view::npos) {
    op = kAugmented, size = 2;
  } else if (next == c && std::string_view("*/<>").find(c) != std::string_view::npos) {
    size = 2;
    if (at(pos_ + 2) == '=') op = kAugmented, size = 3;
  }
  pos_ += size;
  tokens.push_back(make(begin, pos_, TokenKind::kOperator, op));
}

bool Lexer::closes(char quote, bool triple) const {
  return at(pos_) == quote && (!triple || (at(pos_ + 1) == quote && at(pos_ + 2) == quote));
}

void Lexer::lex_string(std::vector<Token>& tokens, size_t begin, std::string_view prefix) {
  const char quote = text_[pos_];
  const bool triple = at(pos_ + 1) == quote && at(pos_ + 2) == quote;
  const bool format = has_letter(prefix, 'f') || has_letter(prefix, 't');
  const char op = format ? 'f' : has_letter(prefix, 'b') ? 'b' : '\0';
  const size_t index = tokens.size();
  tokens.push_back(make(begin, begin, TokenKind::kString, op));
  pos_ += triple ? 3 : 1;
  if (format && field_depth_ < kMaxFieldDepth) {
    lex_format_body(tokens, quote, triple, has_letter(prefix, 'r'));
  } else {
    skip_plain_string(quote, triple);
  }
  if (closes(quote, triple)) pos_ += triple ? 3 : 1;
  if (pos_ > text_.size()) pos_ = text_.size();
  tokens[index].end = static_cast<uint32_t>(pos_);
}

/// From inside the quotes to the closing ones, or to where an unclosed string ends.
void Lexer::skip_plain_string(char quote, bool triple) {
  while (pos_ < text_.size()) {
    pos_ = index_.next(pos_, [triple](const BlockMasks& m) {
      return m.quote | m.backslash | (triple ? 0 : m.line_end);
    });
    if (pos_ >= text_.size() || closes(quote, triple)) return;
    const char c = text_[pos_];
    if (c == '\\') {
      pos_ += newline_size(text_, pos_ + 1) == 2 ? 3 : 2;
    } else if (c == '\n' || c == '\r') {
      return;
    } else {
      ++pos_;
    }
  }
}

void Lexer::lex_format_body(std::vector<Token>& tokens, char quote, bool triple, bool raw) {
  while (pos_ < text_.size()) {
    pos_ = index_.next(pos_, [triple](const BlockMasks& m) {
      return m.quote | m.backslash | m.open | (triple ? 0 : m.line_end);
    });
    if (pos_ >= text_.size() || closes(quote, triple)) return;
    const char c = text_[pos_];
    if (!triple && newline_size(text_, pos_) != 0) return;
    if (c == '\\') {
      const char next = at(pos_ + 1);
      if (next == 'N' && at(pos_ + 2) == '{' && !raw) {
        const size_t close = text_.find('}', pos_);
        pos_ = close == std::string_view::npos ? text_.size() : close + 1;
      } else if (next == '{' || next == '}') {
        ++pos_;
      } else {
        pos_ += newline_size(text_, pos_ + 1) == 2 ? 3 : 2;
      }
    } else if (c == '{' && at(pos_ + 1) == '{') {
      pos_ += 2;
    } else if (c == '{') {
      lex_field(tokens, quote, triple, raw);
    } else {
      ++pos_;
    }
  }
}

/// A replacement field, from its `{` to its `}`: an expression, `!r`, and a format that may hold
/// more fields.
void Lexer::lex_field(std::vector<Token>& tokens, char quote, bool triple, bool raw) {
  ++field_depth_;
  tokens.push_back(make(pos_, pos_ + 1, TokenKind::kOperator, '('));
  ++pos_;
  size_t depth = 0;
  size_t column = 0;
  while (pos_ < text_.size()) {
    if (!skip_blank(column)) {
      if (!triple && newline_size(text_, pos_) != 0 && depth == 0 && at(pos_) != '#') break;
      skip_comment();
      pos_ += newline_size(text_, pos_);
      continue;
    }
    const char c = text_[pos_];
    if (depth == 0 && c == '}') break;
    if (depth == 0 && c == '!' && at(pos_ + 1) != '=') {
      ++pos_;
      continue;
    }
    if (depth == 0 && c == ':') {
      ++pos_;
      while (pos_ < text_.size() && text_[pos_] != '}' && !closes(quote, triple)) {
        if (!triple && newline_size(text_, pos_) != 0) break;
        if (text_[pos_] == '{') {
          lex_field(tokens, quote, triple, raw);
        } else {
          ++pos_;
        }
      }
      break;
    }
    const size_t before = tokens.size();
    lex_one(tokens);
    if (tokens.size() != before + 1 || tokens.back().kind != TokenKind::kOperator) continue;
    const char op = tokens.back().op;
    if (op == '(' || op == '[' || op == '{') ++depth;
    if ((op == ')' || op == ']' || op == '}') && depth > 0) --depth;
  }
  tokens.push_back(make(pos_, pos_, TokenKind::kOperator, ')'));
  if (at(pos_) == '}') ++pos_;
  --field_depth_;
}

}  // namespace headwater::scan
