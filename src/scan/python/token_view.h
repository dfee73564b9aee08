#pragma once

#include <algorithm>
#include <span>
#include <string_view>

#include "scan/python/lexer.h"

namespace headwater::scan {

/// A run of tokens with the text that they point into. Cheap to copy; owns nothing.
class TokenView {
 public:
  TokenView(std::string_view text, std::span<const Token> tokens) : text_(text), tokens_(tokens) {}

  size_t size() const { return tokens_.size(); }
  bool empty() const { return tokens_.empty(); }
  std::string_view text() const { return text_; }
  const Token& operator[](size_t i) const { return tokens_[i]; }

  bool is(size_t i, std::string_view word) const {
    return i < size() && tokens_[i].kind == TokenKind::kName && word_at(i) == word;
  }
  bool is_op(size_t i, char op) const {
    return i < size() && tokens_[i].kind == TokenKind::kOperator && tokens_[i].op == op;
  }
  bool is_name(size_t i) const { return i < size() && tokens_[i].kind == TokenKind::kName; }
  bool opens(size_t i) const { return is_op(i, '(') || is_op(i, '[') || is_op(i, '{'); }
  bool closes(size_t i) const { return is_op(i, ')') || is_op(i, ']') || is_op(i, '}'); }
  std::string_view word_at(size_t i) const {
    return text_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin);
  }

  TokenView from(size_t first) const { return {text_, tokens_.subspan(std::min(first, size()))}; }
  TokenView range(size_t first, size_t last) const {
    return {text_, tokens_.subspan(first, last - first)};
  }

  /// The index of the bracket that closes the one at `open`, or size().
  size_t matching(size_t open) const;
  /// Without the parentheses around the whole.
  TokenView unwrapped() const;
  /// Whether one pair of brackets encloses the whole.
  bool is_enclosed() const { return !empty() && opens(0) && matching(0) == size() - 1; }
  /// The first `op` outside brackets and lambdas from `first` on, or size().
  size_t find_outside(char op, size_t first = 0) const;

  /// The first `word` outside brackets from `first` on, or size().
  size_t find_word_outside(std::string_view word, size_t first = 0) const;

  /// Calls visit(TokenView) for each part between separators outside brackets; a last empty part is
  /// left out.
  template <typename Visit>
  void split(char separator, Visit visit) const {
    size_t begin = 0;
    for (size_t i = 0; i < size(); ++i) {
      if (opens(i)) {
        i = matching(i);
      } else if (is_op(i, separator)) {
        visit(range(begin, i));
        begin = i + 1;
      }
    }
    if (begin < size()) visit(from(begin));
  }

 private:
  std::string_view text_;
  std::span<const Token> tokens_;
};

}  // namespace headwater::scan
