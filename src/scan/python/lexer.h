#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "scan/python/byte_classes.h"

namespace headwater::scan {

enum class TokenKind : uint8_t { kName, kNumber, kString, kOperator };

/// Operators are one character each; the longer ones that a statement's shape depends on have these
/// stand-ins.
inline constexpr char kWalrus = 'w';      // :=
inline constexpr char kAugmented = 'a';   // += and its like
inline constexpr char kComparison = 'c';  // == != <= >=
inline constexpr char kArrow = 'r';       // ->

struct Token {
  uint32_t begin;  // 0-based bytes, [begin, end)
  uint32_t end;
  uint32_t span;  // opening brackets: how many tokens further the closing one is; 0 if none is
  TokenKind kind;
  char op;  // operators: the character or stand-in; strings: 'f', 'b' or 0 by prefix
};

/// Where a logical line begins.
struct LineStart {
  uint32_t begin;        // 0-based bytes: of the physical line, before the indentation
  uint32_t indentation;  // columns, as the tokenizer counts them
};

/// Cuts Python source into logical lines of tokens (Python reference, "Lexical analysis").
/// Tolerant: what does not lex is skipped, since validity is judged elsewhere. Replacement fields
/// of f- and t-strings (PEP 701, 750) follow their string as if they stood in parentheses: names in
/// them are seen, and nesting stays balanced. Not thread safe; the text must outlive the lexer.
class Lexer {
 public:
  /// `lines`: all logical lines, if they are known; else none.
  Lexer(std::string_view text, const ByteIndex& index, std::span<const LineStart> lines = {});

  /// Which lines are wanted: all; in a class, those that open a block, may import, declare a
  /// `global`, do what DynamicMarkers are for or read an attribute; in a function, the same without
  /// the last two.
  enum class Wanted : uint8_t { kAll, kOfClass, kOfFunction };

  /// Reads the next logical line that has a token. False at the end of the text. Lines that are not
  /// wanted are left out if they are indented by `from` or more.
  bool next_line(std::vector<Token>& tokens, uint32_t& indentation, Wanted wanted = Wanted::kAll,
                 uint32_t from = 0);

  /// Annotations are no code from here on (PEP 563): those of functions need not be read.
  void postpone_annotations() { has_postponed_annotations_ = true; }

  /// Reads the logical line that begins at `begin`, every token of it.
  void read_line(size_t begin, std::vector<Token>& tokens);

  /// Steps over the logical lines that are indented deeper than `indentation`, the body that a
  /// header has just opened, reading no more than what strings, brackets and line ends need.
  /// False, and nothing is stepped over, if a line of it may import or declare a `global`.
  bool skip_body(uint32_t indentation);

 private:
  bool find_line(uint32_t& indentation);
  void lex_line(std::vector<Token>& tokens);
  bool lex_common(std::vector<Token>& tokens);
  bool opens_block() const;
  bool lex_plain_function(std::vector<Token>& tokens);
  size_t plain_string_end(size_t i) const;
  enum class PlainEnd : uint8_t { kBracket, kLine };
  size_t plain_code_end(size_t first, PlainEnd wanted) const;
  bool opens_values(const std::vector<Token>& tokens);
  bool has_hint_before(size_t pos);
  bool ends_value(size_t i) const;
  bool may_read_attribute(size_t begin, size_t end) const;
  bool lex_plain_brackets(std::vector<Token>& tokens);
  bool leave_out(Wanted wanted);
  bool skip_line();
  bool has_word_of_interest(size_t end);
  bool may_mark(size_t begin, size_t end) const;
  bool may_call_marker(size_t open) const;
  enum class Skipped { kNothing, kLine, kRelevant };
  Skipped skip_to_line_end(size_t from, int64_t& depth);
  bool skip_known_lines(uint32_t indentation);
  bool is_keyword_of_interest(size_t at) const;
  void skip_string();
  bool leaves_body(size_t line, uint32_t indentation);
  void skip_plain_string(char quote, bool triple);
  char at(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  bool skip_blank(size_t& column);
  void skip_comment();
  void lex_name(std::vector<Token>& tokens);
  void lex_number(std::vector<Token>& tokens);
  void lex_operator(std::vector<Token>& tokens);
  void lex_string(std::vector<Token>& tokens, size_t begin, std::string_view prefix);
  void lex_format_body(std::vector<Token>& tokens, char quote, bool triple, bool raw);
  void lex_field(std::vector<Token>& tokens, char quote, bool triple, bool raw);
  bool closes(char quote, bool triple) const;
  void lex_one(std::vector<Token>& tokens);
  void link_bracket(std::vector<Token>& tokens, size_t i);

  std::string_view text_;
  const ByteIndex& index_;
  std::span<const LineStart> lines_;
  size_t line_ = 0;             // of lines_: none before it begins behind pos_
  std::vector<Token> skipped_;  // tokens of strings in bodies that are stepped over
  size_t next_keyword_ = 0;     // ByteIndex::next_keyword() of some place before
  size_t pos_ = 0;
  size_t hint_free_ = 0;  // the line has no BlockMasks::hint before it; text_.size(): it has one
  uint32_t field_depth_ = 0;
  bool has_postponed_annotations_ = false;
  bool wants_values_ = false;  // also the tokens inside of brackets that hold plain values
  std::vector<uint32_t> open_;
};

inline constexpr std::array<bool, 256> kIdentifier = [] {
  std::array<bool, 256> table{};
  for (size_t i = 0; i < 256; ++i) {
    const size_t lower = i | 32;
    table[i] = i == '_' || (i >= '0' && i <= '9') || (lower >= 'a' && lower <= 'z') || i >= 128;
  }
  return table;
}();

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_identifier_byte(char c) { return kIdentifier[static_cast<unsigned char>(c)]; }
/// Whether a line that begins with `word` may be a header; soft keywords count.
bool may_open_block(std::string_view word);
/// Whether `word` may stand before a quote: one or two letters of r, b, u, f and t.
bool is_string_prefix(std::string_view word);

}  // namespace headwater::scan
