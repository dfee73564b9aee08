#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scan/python/syntax/token.h"

namespace headwater::scan::parsing {

/// Cuts a module into tokens as CPython's tokenizer does (Parser/lexer/lexer.c), one logical line
/// at a time: the parser never looks further, so the buffer stays in the cache. The first error
/// ends the text: it is a token of kind `kError`, and `fault()` has the reason.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text);

  /// Replaces the buffer by the next logical line: dedents or an indent, tokens, a newline. At the
  /// end of the text: the dedents that are due, and `kEnd`.
  void next_line();
  const std::vector<Token>& tokens() const { return tokens_; }
  const Fault& fault() const { return fault_; }
  /// A f-string used what only Python 3.12 takes (PEP 701): the place of the first.
  uint32_t nested_format_offset() const { return nested_format_offset_; }
  uint32_t nested_format_line() const { return nested_format_line_; }
  /// Lines of the whole text so far.
  uint32_t line() const { return line_; }

 private:
  struct Bracket {
    char open;
    uint32_t offset;
    uint32_t line;
  };
  /// The f-string whose replacement field is being read.
  struct Field {
    char quote = 0;  // 0: none
    bool triple = false;
    size_t brackets = 0;  // open inside the field's own
  };

  bool begin_line();
  bool indent_to(uint32_t column, uint32_t alternative, uint32_t offset);
  void lex_to_line_end();
  bool skip_space();
  void newline_at(size_t at);
  void lex_token();
  void lex_name();
  void lex_other_name(size_t begin);
  void lex_number();
  void number_tail(size_t begin, std::string_view what);
  bool digits(std::string_view what, bool (*is_digit)(char));
  void lex_zero(size_t begin);
  void lex_fraction_and_exponent(size_t begin, bool seen_dot);
  void lex_operator();
  void open_bracket(char c);
  bool close_bracket(char c);
  void lex_string(size_t begin, uint8_t flags);
  void lex_format(size_t begin, uint8_t flags);
  bool format_text(const Field& field, uint8_t flags, bool in_spec);
  bool lex_field(const Field& outer, uint8_t flags, uint32_t depth);
  bool lex_spec(const Field& field, uint8_t flags, uint32_t depth);
  void note_nested_format(size_t offset);
  bool at_quote(char quote, bool triple) const;
  void unterminated(size_t begin, uint32_t line, uint8_t flags);
  void push(TokenKind kind, size_t begin, uint32_t line, uint8_t flags = 0) {
    tokens_.push_back(
        {static_cast<uint32_t>(begin), static_cast<uint32_t>(pos_), line, kind, flags});
  }
  void fail(size_t offset, uint32_t line, SyntaxErrorClass error_class, std::string message);
  void end_of_text();
  char at(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  std::string_view text_;
  size_t pos_ = 0;
  uint32_t line_ = 1;
  std::vector<Token> tokens_;
  std::vector<Bracket> brackets_;
  struct Indentation {
    uint32_t column;       // tabs to multiples of 8
    uint32_t alternative;  // tabs count 1: both must agree (TabError)
  };
  std::vector<Indentation> indentations_;
  Fault fault_;
  bool failed_ = false;
  const Field* field_ = nullptr;
  uint32_t nested_format_offset_ = 0;
  uint32_t nested_format_line_ = 0;
};

}  // namespace headwater::scan::parsing
