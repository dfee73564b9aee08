#include "scan/python/syntax/checked_string.h"

#include "scan/python/lexer.h"
#include "scan/python/source_encoding.h"
#include "scan/python/source_text.h"

namespace headwater::scan::parsing {
namespace {

bool is_hex(char c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

class CheckedString {
 public:
  CheckedString(std::string_view text, const ByteIndex& index, size_t quote)
      : text_(text), index_(index), pos_(quote) {}

  size_t end() const { return pos_; }

  /// Steps over the string whose quote is at pos_; false where it is suspect.
  bool skip() {
    size_t prefix = pos_;
    while (prefix > 0 && is_identifier_byte(text_[prefix - 1])) --prefix;
    bool raw = false;
    bool format = false;
    bool bytes = false;
    if (pos_ - prefix > 2) return false;
    for (size_t i = prefix; i < pos_; ++i) {
      const char lower = static_cast<char>(text_[i] | 32);
      raw |= lower == 'r';
      format |= lower == 'f';
      bytes |= lower == 'b';
      if (lower != 'r' && lower != 'f' && lower != 'b' && (lower != 'u' || pos_ - prefix > 1)) {
        return false;
      }
    }
    const char quote = text_[pos_];
    const bool triple = at(pos_ + 1) == quote && at(pos_ + 2) == quote;
    pos_ += triple ? 3 : 1;
    const size_t begin = pos_;
    if (!(format ? format_body(quote, triple, raw) : plain_body(quote, triple, raw, bytes))) {
      return false;
    }
    if (bytes && first_non_ascii(text_.substr(begin, pos_ - begin), 0) != pos_ - begin) {
      return false;
    }
    pos_ += triple ? 3 : 1;
    return true;
  }

 private:
  char at(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  bool closes(char quote, bool triple) const {
    return at(pos_) == quote && (!triple || (at(pos_ + 1) == quote && at(pos_ + 2) == quote));
  }

  bool plain_body(char quote, bool triple, bool raw, bool bytes) {
    while (pos_ < text_.size()) {
      pos_ = index_.next(pos_, [triple](const BlockMasks& m) {
        return m.quote | m.backslash | (triple ? 0 : m.line_end);
      });
      if (pos_ >= text_.size()) return false;
      if (closes(quote, triple)) return true;
      const char c = text_[pos_];
      if (c == '\n' || c == '\r') return false;
      if (c != '\\') {
        ++pos_;
      } else if (!escape(raw, bytes)) {
        return false;
      }
    }
    return false;
  }

  /// Steps over a backslash and what it escapes; false for an escape that may not decode.
  bool escape(bool raw, bool bytes) {
    const char c = at(pos_ + 1);
    if (!raw && (c == 'x' || (!bytes && (c == 'u' || c == 'U' || c == 'N')))) {
      if (c == 'N' && at(pos_ + 2) != '{') return false;
      const size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
      for (size_t i = 0; i < digits; ++i) {
        if (!is_hex(at(pos_ + 2 + i))) return false;
      }
      if (c == 'U' && (at(pos_ + 2) != '0' || at(pos_ + 3) != '0')) return false;
    }
    pos_ += newline_size(text_, pos_ + 1) == 2 ? 3 : 2;
    return pos_ <= text_.size();
  }

  /// The body of an f-string as before PEP 701; what goes further is suspect.
  bool format_body(char quote, bool triple, bool raw) {
    size_t depth = 0;
    while (pos_ < text_.size()) {
      pos_ = index_.next(pos_, [triple](const BlockMasks& m) {
        return m.quote | m.backslash | m.open | m.close | (triple ? 0 : m.line_end);
      });
      if (pos_ >= text_.size()) return false;
      if (closes(quote, triple)) return depth == 0;
      const char c = text_[pos_];
      if (c == '\n' || c == '\r') return false;
      if (c == '\\') {
        if (depth > 0 || !escape(raw, false)) return false;
        if (text_[pos_ - 1] == '{' || text_[pos_ - 1] == '}') return false;
        continue;
      }
      ++pos_;
      if (c == '{') {
        if (depth == 0 && at(pos_) == '{') {
          ++pos_;
          continue;
        }
        if (at(pos_) == '}') return false;
        ++depth;
      } else if (c == '}') {
        if (depth == 0) {
          if (at(pos_) != '}') return false;
          ++pos_;
        } else {
          --depth;
        }
      }
    }
    return false;
  }

  std::string_view text_;
  const ByteIndex& index_;
  size_t pos_;
};

}  // namespace

size_t checked_string_end(std::string_view text, const ByteIndex& index, size_t quote) {
  CheckedString string(text, index, quote);
  return string.skip() ? string.end() : 0;
}

}  // namespace headwater::scan::parsing
