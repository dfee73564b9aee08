#include "walk/glob.h"

#include <algorithm>

namespace headwater::walk {
namespace {

constexpr size_t kNone = std::string_view::npos;

/// The POSIX class `name` in the C locale. `known` is cleared for a name that is none.
bool in_named_class(std::string_view name, unsigned char c, bool& known) {
  const bool lower = c >= 'a' && c <= 'z';
  const bool upper = c >= 'A' && c <= 'Z';
  const bool digit = c >= '0' && c <= '9';
  const bool visible = c > 32 && c < 127;
  if (name == "alpha") return lower || upper;
  if (name == "digit") return digit;
  if (name == "alnum") return lower || upper || digit;
  if (name == "lower") return lower;
  if (name == "upper") return upper;
  if (name == "space") return c == ' ' || (c >= '\t' && c <= '\r');
  if (name == "blank") return c == ' ' || c == '\t';
  if (name == "xdigit") return digit || ((c | 32) >= 'a' && (c | 32) <= 'f');
  if (name == "punct") return visible && !lower && !upper && !digit;
  if (name == "graph") return visible;
  if (name == "print") return visible || c == ' ';
  if (name == "cntrl") return c < 32 || c == 127;
  known = false;
  return false;
}

/// A bracket expression, read from the character after `[` to its `]`.
class Bracket {
 public:
  Bracket(std::string_view glob, char c) : glob_(glob), c_(static_cast<unsigned char>(c)) {}

  /// The length after the `[`; 0 if it is malformed or does not match.
  size_t match() {
    const bool negated = !glob_.empty() && (glob_[0] == '!' || glob_[0] == '^');
    if (negated) ++at_;
    bool found = false;
    // A `]` that comes first stands for itself.
    for (const size_t first = at_; at_ < glob_.size() && (glob_[at_] != ']' || at_ == first);) {
      found |= item();
      if (malformed_) return 0;
    }
    if (at_ >= glob_.size() || found == negated || c_ == '/') return 0;
    return at_ + 1;
  }

 private:
  /// One character, range end or class. A range's end cannot begin another range, and a class
  /// cannot begin one: then `-` stands for itself.
  bool item() {
    if (glob_[at_] == '-' && low_ != 0 && at_ + 1 < glob_.size() && glob_[at_ + 1] != ']') {
      ++at_;
      const unsigned char high = character();
      const bool inside = low_ <= c_ && c_ <= high;
      low_ = 0;
      return inside;
    }
    if (glob_.substr(at_, 2) == "[:") {
      const size_t close = glob_.find(']', at_ + 2);
      if (close == kNone) {
        malformed_ = true;
        return false;
      }
      if (close > at_ + 2 && glob_[close - 1] == ':') return named(close);
    }
    low_ = character();
    return low_ == c_;
  }

  bool named(size_t close) {
    bool known = true;
    const bool inside = in_named_class(glob_.substr(at_ + 2, close - 1 - (at_ + 2)), c_, known);
    malformed_ = !known;
    at_ = close + 1;
    low_ = 0;
    return inside;
  }

  unsigned char character() {
    if (glob_[at_] == '\\' && ++at_ == glob_.size()) {
      malformed_ = true;
      return 0;
    }
    return static_cast<unsigned char>(glob_[at_++]);
  }

  const std::string_view glob_;
  const unsigned char c_;
  size_t at_ = 0;
  unsigned char low_ = 0;  // the character that a `-` would make a range of; 0: none
  bool malformed_ = false;
};

/// The length of the part of the glob at `at` that matches the one character `c`; 0 if none does.
size_t match_one(std::string_view glob, size_t at, char c) {
  switch (glob[at]) {
    case '?':
      return c != '/' ? 1 : 0;
    case '[': {
      const size_t size = Bracket(glob.substr(at + 1), c).match();
      return size == 0 ? 0 : size + 1;
    }
    case '\\':
      return at + 1 < glob.size() && glob[at + 1] == c ? 2 : 0;
    default:
      return glob[at] == c ? 1 : 0;
  }
}

/// Walks glob and text side by side. Only the last `*` and the last `**` are ever tried again:
/// whatever an earlier one could still take, a later `**` can take too, and a `*` ends at a slash.
class Matcher {
 public:
  Matcher(std::string_view glob, std::string_view text) : glob_(glob), text_(text) {}

  bool run() {
    for (;;) {
      if (at_glob_ < glob_.size() && glob_[at_glob_] == '*') {
        if (take_stars()) return true;
        continue;
      }
      if (at_glob_ == glob_.size() && at_text_ == text_.size()) return true;
      const bool both = at_glob_ < glob_.size() && at_text_ < text_.size();
      const size_t used = both ? match_one(glob_, at_glob_, text_[at_text_]) : 0;
      if (used > 0) {
        at_glob_ += used;
        ++at_text_;
      } else if (!go_back()) {
        return false;
      }
    }
  }

 private:
  /// True if what follows is certain to match.
  bool take_stars() {
    const size_t first = at_glob_;
    while (at_glob_ < glob_.size() && glob_[at_glob_] == '*') ++at_glob_;
    const std::string_view rest = glob_.substr(at_glob_);
    const bool deep = at_glob_ - first > 1 && (first == 0 || glob_[first - 1] == '/') &&
                      (rest.empty() || rest[0] == '/' || rest.starts_with("\\/"));
    if (!deep) {
      star_ = at_glob_;
      star_text_ = at_text_;
      return false;
    }
    if (rest.empty()) return true;
    star_ = kNone;
    deep_text_ = at_text_;
    deep_ = at_glob_ + (rest[0] == '/' ? 1 : 2);
    if (rest[0] == '/') at_glob_ = deep_;  // `**/` may stand for nothing at all, `**\/` may not
    return false;
  }

  bool go_back() {
    if (star_ != kNone && star_text_ < text_.size() && text_[star_text_] != '/') {
      at_glob_ = star_;
      at_text_ = ++star_text_;
      return true;
    }
    if (deep_ == kNone) return false;
    const size_t slash = text_.find('/', deep_text_);
    if (slash == kNone) return false;
    at_glob_ = deep_;
    at_text_ = deep_text_ = slash + 1;
    star_ = kNone;
    return true;
  }

  const std::string_view glob_;
  const std::string_view text_;
  size_t at_glob_ = 0;
  size_t at_text_ = 0;
  size_t star_ = kNone;  // the glob after the last `*`, and where in the text it was tried last
  size_t star_text_ = 0;
  size_t deep_ = kNone;  // the same of the last `**/`
  size_t deep_text_ = 0;
};

}  // namespace

bool glob_matches(std::string_view glob, std::string_view text) {
  return Matcher(glob, text).run();
}

size_t literal_length(std::string_view glob) {
  return std::min(glob.find_first_of("*?[\\"), glob.size());
}

}  // namespace headwater::walk
