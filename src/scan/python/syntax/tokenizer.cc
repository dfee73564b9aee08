#include "scan/python/syntax/tokenizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scan/python/source_text.h"
#include "scan/python/syntax/keywords.h"
#include "scan/python/syntax/unicode_identifiers.h"

namespace headwater::scan::parsing {
namespace {

// CPython's limits: MAXINDENT and MAXLEVEL of Parser/lexer/state.h.
constexpr size_t kMaxIndentations = 100;
constexpr size_t kMaxBrackets = 200;

constexpr std::array<bool, 256> kWord = [] {
  std::array<bool, 256> table{};
  for (size_t i = 0; i < 256; ++i) {
    const size_t lower = i | 32;
    table[i] = i == '_' || (i >= '0' && i <= '9') || (lower >= 'a' && lower <= 'z') || i >= 128;
  }
  return table;
}();

bool is_word(char c) { return kWord[static_cast<unsigned char>(c)]; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The flags of a string prefix; 255 if it is none.
uint8_t prefix_flags(std::string_view word) {
  uint8_t flags = 0;
  for (const char c : word) {
    switch (c | 32) {
      case 'r':
        flags |= kRaw;
        break;
      case 'b':
        flags |= kBytes;
        break;
      case 'u':
        flags |= kUnicode;
        break;
      case 'f':
        flags |= kFormat;
        break;
      case 't':
        flags |= kTemplate;
        break;
      default:
        return 255;
    }
  }
  const bool is_valid = word.size() == 1 || (word.size() == 2 && flags > 1 && (flags & kRaw) != 0 &&
                                             (flags & kUnicode) == 0);
  return is_valid ? flags : uint8_t{255};
}

}  // namespace

Tokenizer::Tokenizer(std::string_view text) : text_(text), indentations_(1) {
  if (text_.substr(0, 3) == "\xEF\xBB\xBF") pos_ = 3;
}

void Tokenizer::fail(size_t offset, uint32_t line, SyntaxErrorClass error_class,
                     std::string message) {
  if (failed_) return;
  failed_ = true;
  fault_ = {static_cast<uint32_t>(offset), line, error_class, std::move(message)};
  tokens_.push_back({fault_.offset, fault_.offset, line, TokenKind::kError, 0});
}

void Tokenizer::next_line() {
  tokens_.clear();
  if (failed_) return push(TokenKind::kEnd, pos_, line_);
  if (begin_line()) lex_to_line_end();
}

void Tokenizer::end_of_text() {
  while (indentations_.size() > 1) {
    indentations_.pop_back();
    push(TokenKind::kDedent, pos_, line_);
  }
  push(TokenKind::kEnd, pos_, line_);
}

/// Steps over empty lines to the next with a token, and says how it is indented.
bool Tokenizer::begin_line() {
  for (;;) {
    uint32_t column = 0;
    uint32_t alternative = 0;
    uint32_t continued = 0;  // PEP-less rule: what stands before a backslash is the indentation
    for (;; ++pos_) {
      const char c = at(pos_);
      if (c == ' ') {
        ++column;
        ++alternative;
      } else if (c == '\t') {
        column = (column / 8 + 1) * 8;
        ++alternative;
      } else if (c == '\f') {
        column = alternative = 0;
      } else if (c == '\\' && newline_size(text_, pos_ + 1) != 0) {
        if (continued == 0) continued = column;
        pos_ += newline_size(text_, pos_ + 1);
        ++line_;
        if (pos_ + 1 >= text_.size()) {
          fail(pos_, line_, SyntaxErrorClass::kLexical, "unexpected EOF while parsing");
          return false;
        }
      } else {
        break;
      }
    }
    if (continued != 0) column = alternative = continued;
    if (at(pos_) == '#') {
      while (pos_ < text_.size() && newline_size(text_, pos_) == 0) ++pos_;
    }
    if (pos_ >= text_.size()) {
      end_of_text();
      return false;
    }
    const size_t newline = newline_size(text_, pos_);
    if (newline == 0) {
      return indent_to(column, alternative, static_cast<uint32_t>(pos_));
    }
    pos_ += newline;
    ++line_;
  }
}

bool Tokenizer::indent_to(uint32_t column, uint32_t alternative, uint32_t offset) {
  const auto refuse = [&](const char* message) {
    fail(offset, line_, SyntaxErrorClass::kIndentation, message);
    return false;
  };
  constexpr const char* kTabs = "inconsistent use of tabs and spaces in indentation";
  const Indentation top = indentations_.back();
  if (column > top.column) {
    if (indentations_.size() >= kMaxIndentations) return refuse("too many levels of indentation");
    if (alternative <= top.alternative) return refuse(kTabs);
    indentations_.push_back({column, alternative});
    push(TokenKind::kIndent, pos_, line_);
    return true;
  }
  while (indentations_.size() > 1 && column < indentations_.back().column) {
    indentations_.pop_back();
    push(TokenKind::kDedent, pos_, line_);
  }
  if (column != indentations_.back().column) {
    return refuse("unindent does not match any outer indentation level");
  }
  return alternative == indentations_.back().alternative || refuse(kTabs);
}

/// Skips blanks, comments and continuations, and inside brackets line ends. False at the end of the
/// logical line.
bool Tokenizer::skip_space() {
  for (;;) {
    while (at(pos_) == ' ' || at(pos_) == '\t' || at(pos_) == '\f') ++pos_;
    if (pos_ >= text_.size()) return false;
    const char c = text_[pos_];
    if (c == '#') {
      if (field_ != nullptr) note_nested_format(pos_);
      while (pos_ < text_.size() && newline_size(text_, pos_) == 0) ++pos_;
      continue;
    }
    if (c == '\\') {
      const size_t newline = newline_size(text_, pos_ + 1);
      if (newline == 0 || pos_ + 1 + newline >= text_.size()) {
        fail(pos_ + 1, line_, SyntaxErrorClass::kLexical,
             newline == 0 && pos_ + 1 < text_.size()
                 ? "unexpected character after line continuation character"
                 : "unexpected EOF while parsing");
        return false;
      }
      pos_ += 1 + newline;
      ++line_;
      continue;
    }
    if (c != '\n' && c != '\r') return true;
    if (brackets_.empty()) return false;
    pos_ += newline_size(text_, pos_);
    ++line_;
  }
}

void Tokenizer::lex_to_line_end() {
  while (skip_space()) {
    lex_token();
    if (failed_) return;
  }
  if (failed_) return;
  if (!brackets_.empty()) {
    const Bracket& bracket = brackets_.back();
    return fail(bracket.offset, bracket.line, SyntaxErrorClass::kBracket,
                fmt::format("'{}' was never closed", bracket.open));
  }
  const size_t begin = pos_;
  const uint32_t line = line_;
  if (pos_ < text_.size()) {
    pos_ += newline_size(text_, pos_);
    ++line_;
  }
  tokens_.push_back(
      {static_cast<uint32_t>(begin), static_cast<uint32_t>(pos_), line, TokenKind::kNewline, 0});
}

void Tokenizer::lex_token() {
  const char c = text_[pos_];
  if (is_digit(c) || (c == '.' && is_digit(at(pos_ + 1)))) return lex_number();
  if (is_word(c)) return lex_name();
  if (c == '"' || c == '\'') return lex_string(pos_, 0);
  lex_operator();
}

void Tokenizer::lex_name() {
  const size_t begin = pos_;
  unsigned char any = 0;
  for (; pos_ < text_.size() && is_word(text_[pos_]); ++pos_) {
    any |= static_cast<unsigned char>(text_[pos_]);
  }
  if (any >= 128) return lex_other_name(begin);
  const std::string_view word = text_.substr(begin, pos_ - begin);
  if (word.size() <= 2 && (at(pos_) == '"' || at(pos_) == '\'')) {
    const uint8_t flags = prefix_flags(word);
    if (flags != 255) {
      return (flags & (kFormat | kTemplate)) != 0 ? lex_format(begin, flags)
                                                  : lex_string(begin, flags);
    }
  }
  push(keyword_kind(word), begin, line_);
}

/// A name with characters beyond ASCII (PEP 3131).
void Tokenizer::lex_other_name(size_t begin) {
  const size_t bad = first_non_identifier(text_.substr(begin, pos_ - begin));
  if (bad == pos_ - begin) return push(TokenKind::kName, begin, line_);
  const char32_t code = code_point_at(text_, begin + bad);
  const std::string written(text_.substr(begin + bad, utf8_size(text_, begin + bad)));
  fail(begin + bad, line_, SyntaxErrorClass::kLexical,
       is_printable(code)
           ? fmt::format("invalid character '{}' (U+{:04X})", written, static_cast<uint32_t>(code))
           : fmt::format("invalid non-printable character U+{:04X}", static_cast<uint32_t>(code)));
}

void Tokenizer::open_bracket(char c) {
  if (brackets_.size() >= kMaxBrackets) {
    return fail(pos_ - 1, line_, SyntaxErrorClass::kBracket, "too many nested parentheses");
  }
  brackets_.push_back({c, static_cast<uint32_t>(pos_ - 1), line_});
}

bool Tokenizer::close_bracket(char c) {
  const char* prefix = field_ != nullptr ? "f-string: " : "";
  if (brackets_.empty() || (field_ != nullptr && brackets_.size() == field_->brackets)) {
    fail(pos_ - 1, line_, SyntaxErrorClass::kBracket, fmt::format("{}unmatched '{}'", prefix, c));
    return false;
  }
  const Bracket open = brackets_.back();
  brackets_.pop_back();
  const char expected = open.open == '(' ? ')' : open.open == '[' ? ']' : '}';
  if (c == expected) return true;
  fail(pos_ - 1, line_, SyntaxErrorClass::kBracket,
       open.line == line_
           ? fmt::format("{}closing parenthesis '{}' does not match opening parenthesis '{}'",
                         prefix, c, open.open)
           : fmt::format(
                 "{}closing parenthesis '{}' does not match opening parenthesis '{}' on line {}",
                 prefix, c, open.open, open.line));
  return false;
}

void Tokenizer::lex_operator() {
  using enum TokenKind;
  const size_t begin = pos_;
  const char c = text_[pos_];
  const char next = at(pos_ + 1);
  const auto one = [&](TokenKind kind) {
    ++pos_;
    push(kind, begin, line_);
  };
  const auto maybe_assign = [&](TokenKind plain, TokenKind assign) {
    pos_ += next == '=' ? 2 : 1;
    push(next == '=' ? assign : plain, begin, line_);
  };
  const auto maybe_double = [&](TokenKind plain, TokenKind plain_assign, TokenKind twice,
                                TokenKind twice_assign) {
    if (next != c) return maybe_assign(plain, plain_assign);
    pos_ += at(pos_ + 2) == '=' ? 3 : 2;
    push(at(begin + 2) == '=' ? twice_assign : twice, begin, line_);
  };
  const auto bracket = [&](TokenKind kind, bool opens) {
    ++pos_;
    if (opens) {
      open_bracket(c);
    } else if (!close_bracket(c)) {
      return;
    }
    if (!failed_) push(kind, begin, line_);
  };
  switch (c) {
    case '(':
      return bracket(kLeftParenthesis, true);
    case '[':
      return bracket(kLeftBracket, true);
    case '{':
      return bracket(kLeftBrace, true);
    case ')':
      return bracket(kRightParenthesis, false);
    case ']':
      return bracket(kRightBracket, false);
    case '}':
      return bracket(kRightBrace, false);
    case ',':
      return one(kComma);
    case ':':
      return maybe_assign(kColon, kWalrus);
    case ';':
      return one(kSemicolon);
    case '.':
      if (next == '.' && at(pos_ + 2) == '.') {
        pos_ += 3;
        return push(kEllipsis, begin, line_);
      }
      return one(kDot);
    case '=':
      return maybe_assign(kAssign, kEqual);
    case '!':
      return maybe_assign(kExclamation, kNotEqual);
    case '+':
      return maybe_assign(kPlus, kPlusAssign);
    case '-':
      if (next != '>') return maybe_assign(kMinus, kMinusAssign);
      pos_ += 2;
      return push(kArrow, begin, line_);
    case '*':
      return maybe_double(kStar, kStarAssign, kDoubleStar, kDoubleStarAssign);
    case '/':
      return maybe_double(kSlash, kSlashAssign, kDoubleSlash, kDoubleSlashAssign);
    case '<':
      if (next == '>') {
        pos_ += 2;
        return push(kNotEqualBrackets, begin, line_);
      }
      return maybe_double(kLess, kLessEqual, kLeftShift, kLeftShiftAssign);
    case '>':
      return maybe_double(kGreater, kGreaterEqual, kRightShift, kRightShiftAssign);
    case '%':
      return maybe_assign(kPercent, kPercentAssign);
    case '@':
      return maybe_assign(kAt, kAtAssign);
    case '&':
      return maybe_assign(kAmpersand, kAmpersandAssign);
    case '|':
      return maybe_assign(kPipe, kPipeAssign);
    case '^':
      return maybe_assign(kCaret, kCaretAssign);
    case '~':
      return one(kTilde);
    case '`':
      return one(kBackquote);
    default:
      return fail(pos_, line_, SyntaxErrorClass::kLexical,
                  c > ' ' && c < 127 ? "invalid syntax"
                                     : fmt::format("invalid non-printable character U+{:04X}",
                                                   static_cast<unsigned char>(c)));
  }
}

}  // namespace headwater::scan::parsing
