#include "scan/python/syntax/suspicion.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "scan/python/source_encoding.h"

namespace headwater::scan::parsing {
namespace {

constexpr size_t kMaxBrackets = 200;
constexpr size_t kMaxIndentations = 100;

bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const unsigned char lower = byte | 32;
  return byte == '_' || (byte >= '0' && byte <= '9') || (lower >= 'a' && lower <= 'z') ||
         byte >= 128;
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

/// What the first word of a logical line asks of it.
enum class Opening : uint8_t {
  kNone,
  kBlock,        // must end in a colon; statements on the same line are rare enough to be parsed
  kBlockOrLine,  // must have a colon
  kSuspect,
};

class Suspicion {
 public:
  Suspicion(std::string_view text, const ByteIndex& index) : text_(text), index_(index) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") pos_ = 3;
    is_ascii_ = first_non_ascii(text_, pos_) == text_.size();
    odd_ = next_odd(pos_);
    unequal_ = text_.find("<>");
    walrus_ = text_.find(":=");
  }

  bool run() {
    while (pos_ < text_.size()) {
      if (!begin_line()) {
        if (suspect_) return true;
        continue;
      }
      if (suspect_ || logical_line()) return true;
    }
    return expects_indent_ || !brackets_.empty();
  }

 private:
  struct Indentation {
    uint32_t column = 0;
    uint32_t alternative = 0;
  };

  char at(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  size_t newline_size(size_t i) const {
    if (at(i) == '\n') return 1;
    if (at(i) != '\r') return 0;
    return at(i + 1) == '\n' ? 2 : 1;
  }

  /// At the start of a line outside brackets. False where it has no code; it is then passed.
  bool begin_line() {
    Indentation indentation;
    for (;; ++pos_) {
      const char c = at(pos_);
      if (c == ' ') {
        ++indentation.column;
        ++indentation.alternative;
      } else if (c == '\t') {
        indentation.column = (indentation.column / 8 + 1) * 8;
        ++indentation.alternative;
      } else if (c == '\f') {
        indentation = {};
      } else {
        break;
      }
    }
    if (pos_ >= text_.size()) return false;
    if (text_[pos_] == '#') pos_ = index_.next_line_end(pos_);
    if (pos_ >= text_.size()) return false;
    if (text_[pos_] == '\n' || text_[pos_] == '\r') {
      pos_ += newline_size(pos_);
      return false;
    }
    suspect_ = text_[pos_] == '\\' || !fits(indentation);
    column_ = indentation.column;
    return true;
  }

  bool fits(const Indentation& indentation) {
    Indentation& top = indentations_[depth_];
    if (expects_indent_) {
      if (indentation.column <= top.column || indentation.alternative <= top.alternative) {
        return false;
      }
      if (++depth_ + 1 >= kMaxIndentations) return false;
      indentations_[depth_] = indentation;
      return true;
    }
    while (depth_ > 0 && indentation.column < indentations_[depth_].column) --depth_;
    return indentation.column == indentations_[depth_].column &&
           indentation.alternative == indentations_[depth_].alternative;
  }

  /// Reads one logical line from its first token. True where it is suspect.
  bool logical_line() {
    const size_t begin = pos_;
    const Opening opening = opening_of(begin);
    if (opening == Opening::kSuspect) return true;
    size_t code_end = 0;
    if (!scan_line(code_end)) return true;
    size_t last = code_end;
    while (last > begin && (text_[last - 1] == ' ' || text_[last - 1] == '\t' ||
                            text_[last - 1] == '\f' || text_[last - 1] == '\r')) {
      --last;
    }
    expects_indent_ = last > begin && text_[last - 1] == ':';
    if (opening == Opening::kNone) return expects_indent_;
    if (expects_indent_) return false;
    return opening == Opening::kBlock ||
           std::memchr(text_.data() + begin, ':', last - begin) == nullptr;
  }

  /// From event to event up to the line's end outside brackets.
  bool scan_line(size_t& code_end) {
    bool has_comment = false;
    for (;;) {
      const size_t from = pos_;
      pos_ = index_.next(from, [](const BlockMasks& m) {
        return m.quote | m.hash | m.backslash | m.line_end | m.open | m.close;
      });
      if (!plain_code(from, pos_)) return false;
      if (pos_ >= text_.size()) {
        if (!has_comment) code_end = text_.size();
        return brackets_.empty();
      }
      const char c = text_[pos_];
      switch (c) {
        case '"':
        case '\'':
          if (!string(from)) return false;
          break;
        case '#':
          if (brackets_.empty()) {
            code_end = pos_;
            has_comment = true;
          }
          pos_ = index_.next_line_end(pos_);
          break;
        case '\\': {
          const size_t newline = newline_size(pos_ + 1);
          if (newline == 0 || pos_ + 1 + newline >= text_.size()) return false;
          pos_ += 1 + newline;
          break;
        }
        case '\n':
        case '\r':
          if (brackets_.empty()) {
            if (!has_comment) code_end = pos_;
            ++pos_;
            return true;
          }
          ++pos_;
          break;
        default:
          if (!bracket(c)) return false;
          ++pos_;
      }
    }
  }

  bool bracket(char c) {
    if (c == '(' || c == '[' || c == '{') {
      brackets_.push_back(c);
      return brackets_.size() <= kMaxBrackets;
    }
    if (brackets_.empty()) return false;
    const char open = brackets_.back();
    brackets_.pop_back();
    return c == (open == '(' ? ')' : open == '[' ? ']' : '}');
  }

  /// The next byte from `i` on that code has in names and strings alone, or never: not ASCII, `$`,
  /// `?`, a backtick. Eight at a time; most texts have a few, in comments.
  size_t next_odd(size_t i) const {
    constexpr uint64_t kOnes = 0x0101010101010101, kHigh = 0x8080808080808080;
    const auto has = [](uint64_t word, char c) {
      const uint64_t zero_where_equal = word ^ (kOnes * static_cast<unsigned char>(c));
      return (zero_where_equal - kOnes) & ~zero_where_equal & kHigh;
    };
    for (; i + 8 <= text_.size(); i += 8) {
      uint64_t word = 0;
      std::memcpy(&word, text_.data() + i, 8);
      if (((word & kHigh) | has(word, '$') | has(word, '?') | has(word, '`')) != 0) break;
    }
    const auto is_odd = [](char c) {
      return c == '$' || c == '?' || c == '`' || static_cast<unsigned char>(c) >= 128;
    };
    while (i < text_.size() && !is_odd(text_[i])) ++i;
    return i;
  }

  /// No character that code cannot have, no `:=`, no `<>`, in [from, to).
  bool plain_code(size_t from, size_t to) {
    if (odd_ < from) odd_ = next_odd(from);
    if (unequal_ < from) unequal_ = text_.find("<>", from);
    if (walrus_ < from) walrus_ = text_.find(":=", from);
    return odd_ >= to && unequal_ >= to && walrus_ >= to;
  }

  /// Steps over the string whose quote is at pos_; false where it is suspect.
  bool string(size_t from) {
    size_t prefix = pos_;
    while (prefix > from && is_word(text_[prefix - 1])) --prefix;
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
    if (bytes && !is_ascii_ &&
        first_non_ascii(text_.substr(begin, pos_ - begin), 0) != pos_ - begin) {
      return false;
    }
    pos_ += triple ? 3 : 1;
    return true;
  }

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
    pos_ += newline_size(pos_ + 1) == 2 ? 3 : 2;
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

  std::string_view word_at(size_t i) const {
    size_t end = i;
    while (end < text_.size() && is_word(text_[end])) ++end;
    return text_.substr(i, end - i);
  }
  size_t skip_blanks(size_t i) const {
    while (at(i) == ' ' || at(i) == '\t') ++i;
    return i;
  }
  std::string_view physical_line(size_t i) const {
    return text_.substr(i, index_.next_line_end(i) - i);
  }

  Opening opening_of(size_t begin) {
    const char first = text_[begin];
    const bool was_early = is_early_;
    if (first == '"' || first == '\'') return Opening::kNone;  // a docstring leaves it early
    is_early_ = false;
    if (first == '@' || !is_word(first)) return Opening::kNone;
    const std::string_view word = word_at(begin);
    const size_t after = skip_blanks(begin + word.size());
    const char next = at(after);
    const std::string_view rest = word_at(after);
    const auto suspect_if = [](bool suspect) {
      return suspect ? Opening::kSuspect : Opening::kNone;
    };
    switch (first) {
      case 'a':
        if (word == "async") {
          if (rest == "def") return definition(after + 3);
          return Opening::kBlockOrLine;
        }
        return suspect_if(word == "await" && column_ == 0);
      case 'b':
        return suspect_if(word == "break" && column_ == 0);
      case 'c':
        if (word == "class") return definition(begin + 5);
        if (word == "case") return suspect_if(physical_line(begin).find(':') != text_.npos);
        return suspect_if(word == "continue" && column_ == 0);
      case 'd':
        return word == "def" ? definition(begin + 3) : Opening::kNone;
      case 'e':
        if (word == "else") return Opening::kBlock;
        if (word == "elif") return Opening::kBlockOrLine;
        if (word == "except") {
          const std::string_view line = physical_line(after);
          const bool has_comma = line.find(',') != line.npos && line.find('(') == line.npos;
          return next == '*' || has_comma ? Opening::kSuspect : Opening::kBlockOrLine;
        }
        return suspect_if(word == "exec" && begins_operand(next));
      case 'f':
        if (word == "finally") return Opening::kBlock;
        if (word == "from" && rest == "__future__") {
          is_early_ = was_early;
          return suspect_if(!was_early || column_ != 0);
        }
        return word == "for" ? Opening::kBlockOrLine : Opening::kNone;
      case 'i':
        return word == "if" ? Opening::kBlockOrLine : Opening::kNone;
      case 'l':
        return suspect_if(word == "lazy" && (rest == "import" || rest == "from"));
      case 'm':
        return suspect_if(word == "match" && next != '=' && next != '.' && next != ',' &&
                          physical_line(begin).find(':') != text_.npos);
      case 'n':
        return suspect_if(word == "nonlocal" && column_ == 0);
      case 'p':
        return suspect_if(word == "print" && begins_operand(next));
      case 'r':
        if (word == "raise") {
          const std::string_view line = physical_line(after);
          return suspect_if(line.find(',') != line.npos && line.find('(') == line.npos);
        }
        return suspect_if(word == "return" && column_ == 0);
      case 't':
        if (word == "try") return Opening::kBlock;
        return suspect_if(word == "type" && is_word(next) && rest != "in" && rest != "is" &&
                          rest != "and" && rest != "or" && rest != "not" && rest != "if");
      case 'w':
        return word == "while" || word == "with" ? Opening::kBlockOrLine : Opening::kNone;
      case 'y':
        return suspect_if(word == "yield" && column_ == 0);
      default:
        return Opening::kNone;
    }
  }

  static bool begins_operand(char c) { return is_word(c) || c == '"' || c == '\'' || c == '%'; }

  /// `def name[` and `class name[` have type parameters.
  Opening definition(size_t i) const {
    const size_t name = skip_blanks(i);
    const size_t after = skip_blanks(name + word_at(name).size());
    return at(after) == '[' ? Opening::kSuspect : Opening::kBlockOrLine;
  }

  std::string_view text_;
  const ByteIndex& index_;
  size_t pos_ = 0;
  std::vector<char> brackets_;
  std::array<Indentation, kMaxIndentations> indentations_{};
  size_t depth_ = 0;
  uint32_t column_ = 0;
  size_t odd_ = 0;      // next_odd() of some place before
  size_t unequal_ = 0;  // the next `<>`, or npos
  size_t walrus_ = 0;   // the next `:=`, or npos
  bool is_ascii_ = true;
  bool expects_indent_ = false;
  bool suspect_ = false;
  bool is_early_ = true;  // only the docstring and __future__ imports so far
};

}  // namespace

bool is_suspect(std::string_view text, const ByteIndex& index) {
  return Suspicion(text, index).run();
}

}  // namespace headwater::scan::parsing
