// Numbers, as tok_get of CPython reads them: letters after a number are an error, but for the
// keywords that may follow it without a blank.

#include <fmt/format.h>

#include "scan/python/syntax/tokenizer.h"

namespace headwater::scan::parsing {
namespace {

// sys.int_info.default_max_str_digits: the compiler refuses longer decimal integers.
constexpr size_t kMaxDecimalDigits = 4300;

bool is_decimal(char c) { return c >= '0' && c <= '9'; }
bool is_octal(char c) { return c >= '0' && c <= '7'; }
bool is_binary(char c) { return c == '0' || c == '1'; }
bool is_hexadecimal(char c) { return is_decimal(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

bool is_word(char c) {
  return is_decimal(c) || c == '_' || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
         static_cast<unsigned char>(c) >= 128;
}

}  // namespace

/// Digits with single underscores between them; false after an error.
bool Tokenizer::digits(std::string_view what, bool (*is_digit)(char)) {
  for (;;) {
    while (is_digit(at(pos_))) ++pos_;
    if (at(pos_) != '_') return true;
    ++pos_;
    if (is_digit(at(pos_))) continue;
    fail(pos_ - 1, line_, SyntaxErrorClass::kLexical, fmt::format("invalid {} literal", what));
    return false;
  }
}

/// What follows a number may be no identifier (verify_end_of_number).
void Tokenizer::number_tail(size_t begin, std::string_view what) {
  const char c = at(pos_);
  if (!is_word(c)) return push(TokenKind::kNumber, begin, line_);
  const std::string_view rest = text_.substr(pos_, 4);
  for (const std::string_view keyword : {"and", "else", "for", "if", "in", "is", "not", "or"}) {
    // CPython looks at the keyword's letters only: `1orx` is a number and a name that fails later.
    if (rest.substr(0, keyword.size()) == keyword) return push(TokenKind::kNumber, begin, line_);
  }
  fail(pos_ > 0 ? pos_ - 1 : 0, line_, SyntaxErrorClass::kLexical,
       fmt::format("invalid {} literal", what));
}

void Tokenizer::lex_number() {
  const size_t begin = pos_;
  if (at(pos_) == '0') return lex_zero(begin);
  if (at(pos_) != '.' && !digits("decimal", is_decimal)) return;
  lex_fraction_and_exponent(begin, false);
}

void Tokenizer::lex_zero(size_t begin) {
  const auto based = [&](const char* what, bool (*is_digit)(char)) {
    pos_ += 2;
    if (at(pos_) == '_') ++pos_;
    if (!is_digit(at(pos_))) {
      return is_decimal(at(pos_))
                 ? fail(pos_, line_, SyntaxErrorClass::kLexical,
                        fmt::format("invalid digit '{}' in {} literal", at(pos_), what))
                 : fail(pos_ - 1, line_, SyntaxErrorClass::kLexical,
                        fmt::format("invalid {} literal", what));
    }
    if (!digits(what, is_digit)) return;
    if (is_decimal(at(pos_))) {
      return fail(pos_, line_, SyntaxErrorClass::kLexical,
                  fmt::format("invalid digit '{}' in {} literal", at(pos_), what));
    }
    number_tail(begin, what);
  };
  switch (at(pos_ + 1) | 32) {
    case 'x':
      return based("hexadecimal", is_hexadecimal);
    case 'o':
      return based("octal", is_octal);
    case 'b':
      return based("binary", is_binary);
    default:
      break;
  }
  if (!digits("decimal", is_decimal)) return;
  bool nonzero = false;
  for (size_t i = begin; i < pos_; ++i) nonzero |= text_[i] != '0' && text_[i] != '_';
  const char next = at(pos_);
  const bool is_integer = next != '.' && (next | 32) != 'j' && (next | 32) != 'e';
  if (nonzero && is_integer) {
    return fail(begin, line_, SyntaxErrorClass::kLexical,
                "leading zeros in decimal integer literals are not permitted; use an 0o prefix for "
                "octal integers");
  }
  lex_fraction_and_exponent(begin, nonzero);
}

/// `must_be_float`: digits with leading zeros were read, which only a float may have.
void Tokenizer::lex_fraction_and_exponent(size_t begin, bool must_be_float) {
  bool is_float = false;
  if (at(pos_) == '.') {
    is_float = true;
    ++pos_;
    if (is_decimal(at(pos_)) && !digits("decimal", is_decimal)) return;
  }
  if ((at(pos_) | 32) == 'e') {
    const bool has_sign = at(pos_ + 1) == '+' || at(pos_ + 1) == '-';
    if (is_decimal(at(pos_ + (has_sign ? 2 : 1)))) {
      is_float = true;
      pos_ += has_sign ? 2 : 1;
      if (!digits("decimal", is_decimal)) return;
    } else if (has_sign) {
      return fail(pos_, line_, SyntaxErrorClass::kLexical, "invalid decimal literal");
    } else if (must_be_float && !is_float) {
      return fail(begin, line_, SyntaxErrorClass::kLexical, "invalid decimal literal");
    }
  }
  if ((at(pos_) | 32) == 'j') {
    ++pos_;
    return number_tail(begin, "imaginary");
  }
  if (!is_float && pos_ - begin > kMaxDecimalDigits) {
    return fail(
        begin, line_, SyntaxErrorClass::kLexical,
        fmt::format("Exceeds the limit ({} digits) for integer string conversion - Consider "
                    "hexadecimal for huge integer literals to avoid decimal conversion limits.",
                    kMaxDecimalDigits));
  }
  number_tail(begin, "decimal");
}

}  // namespace headwater::scan::parsing
