#include "scripts_audit/tokens.h"

#include <algorithm>
#include <string>

#include "base/hash.h"

namespace headwater::scripts_audit {
namespace {

bool is_of_name(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\\';
}

/// Whether a name before a quote is part of the literal: r, b, f, u, t in any case and pairing.
bool is_prefix(std::string_view name) {
  return name.size() <= 2 && name.find_first_not_of("rRbBfFuUtT") == std::string_view::npos;
}

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}

  Tokens run() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (is_blank(c)) {
        line_ += c == '\n';
        ++at_;
      } else if (c == '#') {
        const size_t end = std::min(source_.find('\n', at_), source_.size());
        tokens_.comments.push_back({source_.substr(at_, end - at_), line_});
        at_ = end;
      } else if (is_of_name(c)) {
        name();
      } else if (c == '"' || c == '\'') {
        string(at_);
      } else {
        add(at_, at_ + 1);
      }
    }
    return std::move(tokens_);
  }

 private:
  void add(size_t begin, size_t end) {
    tokens_.hashes.push_back(hash_of(source_.substr(begin, end - begin)));
    at_ = end;
  }

  void name() {
    size_t end = at_;
    while (end < source_.size() && is_of_name(source_[end])) ++end;
    const bool is_quote = end < source_.size() && (source_[end] == '"' || source_[end] == '\'');
    if (is_quote && is_prefix(source_.substr(at_, end - at_))) return string(end);
    add(at_, end);
  }

  /// `open`: where its first quote stands.
  void string(size_t open) {
    const char quote = source_[open];
    const bool is_triple = source_.substr(open, 3) == std::string(3, quote);
    const std::string_view closing = source_.substr(open, is_triple ? 3 : 1);
    const uint32_t line = line_;
    size_t at = open + closing.size();
    for (; at < source_.size(); ++at) {
      if (source_[at] == '\\') {
        line_ += ++at < source_.size() && source_[at] == '\n';
      } else if (source_.substr(at, closing.size()) == closing) {
        break;
      } else if (source_[at] == '\n') {
        if (!is_triple) break;
        ++line_;
      }
    }
    at = std::min(at, source_.size());
    const size_t begin = open + closing.size();
    tokens_.literals.push_back({source_.substr(begin, at - begin), line});
    const bool is_closed = source_.substr(at, closing.size()) == closing;
    add(at_, at + (is_closed ? closing.size() : 0));
  }

  const std::string_view source_;
  size_t at_ = 0;
  uint32_t line_ = 1;
  Tokens tokens_;
};

}  // namespace

Tokens tokens_of(std::string_view source) { return Lexer(source).run(); }

}  // namespace headwater::scripts_audit
