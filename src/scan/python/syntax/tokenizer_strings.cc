// Strings. Replacement fields of f- and t-strings (PEP 701, 750) are tokens of their own between
// `kFormatStart` and `kFormatEnd`: a left brace, the expression's tokens, perhaps an exclamation
// mark and a name, perhaps a colon and the parts of a format, a right brace.

#include <fmt/format.h>

#include <array>

#include "scan/python/source_text.h"
#include "scan/python/syntax/tokenizer.h"

namespace headwater::scan::parsing {
namespace {

// MAX_EXPR_NESTING of CPython: fields in the formats of fields.
constexpr uint32_t kMaxFieldDepth = 3;

constexpr std::array<bool, 256> kStops = [] {
  std::array<bool, 256> table{};
  for (const char c : {'"', '\'', '\\', '\n', '\r', '{', '}'}) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

bool stops(char c) { return kStops[static_cast<unsigned char>(c)]; }

}  // namespace

bool Tokenizer::at_quote(char quote, bool triple) const {
  return at(pos_) == quote && (!triple || (at(pos_ + 1) == quote && at(pos_ + 2) == quote));
}

void Tokenizer::unterminated(size_t begin, uint32_t line, uint8_t flags) {
  const char* what = (flags & kFormat) != 0     ? "f-string"
                     : (flags & kTemplate) != 0 ? "t-string"
                                                : "string";
  fail(begin, line, SyntaxErrorClass::kLexical,
       fmt::format("unterminated {}{} literal (detected at line {})",
                   (flags & kTriple) != 0 ? "triple-quoted " : "", what, line_));
}

void Tokenizer::lex_string(size_t begin, uint8_t flags) {
  const char quote = text_[pos_];
  const bool triple = at(pos_ + 1) == quote && at(pos_ + 2) == quote;
  const uint32_t line = line_;
  if (triple) flags |= kTriple;
  for (pos_ += triple ? 3 : 1;;) {
    while (pos_ < text_.size() && !stops(text_[pos_])) ++pos_;
    if (pos_ >= text_.size()) return unterminated(begin, line, flags);
    const char c = text_[pos_];
    if (c == '\\') {
      ++pos_;
      if (pos_ >= text_.size()) return unterminated(begin, line, flags);
      const size_t newline = newline_size(text_, pos_);
      pos_ += newline == 0 ? 1 : newline;
      line_ += newline != 0;
    } else if (c == '\n' || c == '\r') {
      if (!triple) return unterminated(begin, line, flags);
      pos_ += newline_size(text_, pos_);
      ++line_;
    } else if (at_quote(quote, triple)) {
      break;
    } else {
      ++pos_;
    }
  }
  pos_ += triple ? 3 : 1;
  push(TokenKind::kString, begin, line, flags);
}

void Tokenizer::note_nested_format(size_t offset) {
  if (nested_format_line_ != 0) return;
  nested_format_offset_ = static_cast<uint32_t>(offset);
  nested_format_line_ = line_;
}

void Tokenizer::lex_format(size_t begin, uint8_t flags) {
  const char quote = text_[pos_];
  Field field;
  field.quote = quote;
  field.triple = at(pos_ + 1) == quote && at(pos_ + 2) == quote;
  if (field.triple) flags |= kTriple;
  const uint32_t line = line_;
  pos_ += field.triple ? 3 : 1;
  push(TokenKind::kFormatStart, begin, line, flags);
  while (format_text(field, flags, false)) {
    if (!lex_field(field, flags, 1)) return;
  }
  if (failed_) return;
  if (!at_quote(quote, field.triple)) return unterminated(begin, line, flags);
  const size_t end = pos_;
  pos_ += field.triple ? 3 : 1;
  push(TokenKind::kFormatEnd, end, line_, flags);
}

/// Literal text up to a field (true), the closing quote, a format's end or an error (false).
bool Tokenizer::format_text(const Field& field, uint8_t flags, bool in_spec) {
  size_t begin = pos_;
  uint32_t line = line_;
  const auto flush = [&] {
    if (pos_ > begin) push(TokenKind::kFormatText, begin, line, flags);
    begin = pos_;
    line = line_;
  };
  for (;;) {
    while (pos_ < text_.size() && !stops(text_[pos_])) ++pos_;
    if (pos_ >= text_.size() || at_quote(field.quote, field.triple)) break;
    const char c = text_[pos_];
    if (c == '\n' || c == '\r') {
      if (!field.triple) break;
      pos_ += newline_size(text_, pos_);
      ++line_;
    } else if (c == '\\') {
      ++pos_;
      if (at(pos_) == '{' || at(pos_) == '}') continue;
      if (at(pos_) == 'N' && at(pos_ + 1) == '{' && (flags & kRaw) == 0) {
        while (pos_ < text_.size() && text_[pos_] != '}' && newline_size(text_, pos_) == 0 &&
               text_[pos_] != field.quote) {
          ++pos_;
        }
        if (at(pos_) == '}') ++pos_;
        continue;
      }
      const size_t newline = newline_size(text_, pos_);
      pos_ += newline == 0 ? 1 : newline;
      line_ += newline != 0;
    } else if (c == '{') {
      if (at(pos_ + 1) != '{' || in_spec) {
        flush();
        return true;
      }
      ++pos_;
      flush();
      begin = ++pos_;
    } else if (c == '}') {
      if (in_spec) break;
      ++pos_;
      if (at(pos_) != '}') {
        fail(pos_ - 1, line_, SyntaxErrorClass::kGrammar,
             (flags & kFormat) != 0 ? "f-string: single '}' is not allowed"
                                    : "t-string: single '}' is not allowed");
        return false;
      }
      flush();
      begin = ++pos_;
    } else {
      ++pos_;
    }
  }
  if (pos_ > text_.size()) pos_ = text_.size();
  flush();
  return false;
}

/// A replacement field, from its `{` to its `}`.
bool Tokenizer::lex_field(const Field& outer, uint8_t flags, uint32_t depth) {
  const auto refuse = [&](SyntaxErrorClass error_class, const char* message) {
    fail(pos_, line_, error_class, message);
    return false;
  };
  if (depth > kMaxFieldDepth) {
    return refuse(SyntaxErrorClass::kGrammar, "f-string: expressions nested too deeply");
  }
  ++pos_;
  open_bracket('{');
  if (failed_) return false;
  push(TokenKind::kLeftBrace, pos_ - 1, line_);
  const size_t begin = pos_;
  const uint32_t begin_line = line_;
  Field field = outer;
  field.brackets = brackets_.size();
  const Field* const enclosing = field_;
  field_ = &field;
  bool has_more = false;
  while ((has_more = skip_space())) {
    const bool outside = brackets_.size() == field.brackets;
    if (outside && (text_[pos_] == '}' || text_[pos_] == ':')) break;
    lex_token();
    if (failed_) return false;
  }
  field_ = enclosing;
  if (failed_) return false;
  if (!has_more) {
    pos_ = begin - 1;
    line_ = begin_line;
    return refuse(SyntaxErrorClass::kBracket, "'{' was never closed");
  }
  const std::string_view expression = text_.substr(begin, pos_ - begin);
  const char quotes[] = {outer.quote, outer.quote, outer.quote};
  if (expression.find('\\') != expression.npos ||
      expression.find(std::string_view(quotes, outer.triple ? 3 : 1)) != expression.npos ||
      (!outer.triple && expression.find_first_of("\r\n") != expression.npos)) {
    note_nested_format(begin);
  }
  if (text_[pos_] == ':') {
    ++pos_;
    push(TokenKind::kColon, pos_ - 1, line_);
    if (!lex_spec(outer, flags, depth)) return false;
  }
  brackets_.pop_back();
  ++pos_;
  push(TokenKind::kRightBrace, pos_ - 1, line_);
  return true;
}

/// The format of a field, up to the field's `}`.
bool Tokenizer::lex_spec(const Field& field, uint8_t flags, uint32_t depth) {
  while (format_text(field, flags, true)) {
    if (!lex_field(field, flags, depth + 1)) return false;
  }
  if (failed_) return false;
  // Since 3.13 a line end closes the format of a string in single quotes.
  while (!field.triple && newline_size(text_, pos_) != 0) {
    pos_ += newline_size(text_, pos_);
    ++line_;
  }
  if (at(pos_) == '}') return true;
  fail(pos_, line_, SyntaxErrorClass::kGrammar,
       pos_ < text_.size() ? "f-string: expecting '}', or format specs" : "'{' was never closed");
  return false;
}

}  // namespace headwater::scan::parsing
