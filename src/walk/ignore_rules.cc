#include "walk/ignore_rules.h"

#include <optional>

namespace headwater::walk {
namespace {

std::optional<IgnorePattern> parse_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
  if (line.empty() || line[0] == '#') return std::nullopt;
  IgnorePattern pattern;
  if (line[0] == '!') {
    pattern.negated = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    pattern.folders_only = true;
    line.remove_suffix(1);
  }
  if (line.empty()) return std::nullopt;
  pattern.anchored = line.find('/') != std::string_view::npos;
  if (line[0] == '/') line.remove_prefix(1);
  pattern.glob = line;
  return pattern;
}

bool in_named_class(std::string_view name, unsigned char c) {
  const bool lower = c >= 'a' && c <= 'z';
  const bool upper = c >= 'A' && c <= 'Z';
  const bool digit = c >= '0' && c <= '9';
  if (name == "alpha") return lower || upper;
  if (name == "digit") return digit;
  if (name == "alnum") return lower || upper || digit;
  if (name == "lower") return lower;
  if (name == "upper") return upper;
  if (name == "space") return c == ' ' || (c >= '\t' && c <= '\r');
  if (name == "blank") return c == ' ' || c == '\t';
  if (name == "xdigit") return digit || ((c | 32) >= 'a' && (c | 32) <= 'f');
  if (name == "punct") return c > 32 && c < 127 && !lower && !upper && !digit;
  return false;
}

/// Matches the bracket expression at glob[0] == '['. Sets `size` to its length; 0 if it never ends.
bool match_bracket(std::string_view glob, char c, size_t& size) {
  size_t i = 1;
  const bool negated = i < glob.size() && (glob[i] == '!' || glob[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (const size_t first = i; i < glob.size() && (glob[i] != ']' || i == first); ++i) {
    if (glob.substr(i, 2) == "[:") {
      const size_t end = glob.find(":]", i + 2);
      if (end != std::string_view::npos) {
        found |= in_named_class(glob.substr(i + 2, end - i - 2), static_cast<unsigned char>(c));
        i = end + 1;
        continue;
      }
    }
    if (glob[i] == '\\' && i + 1 < glob.size()) ++i;
    char last = glob[i];
    const char begin = last;
    if (i + 2 < glob.size() && glob[i + 1] == '-' && glob[i + 2] != ']') {
      i += 2;
      if (glob[i] == '\\' && i + 1 < glob.size()) ++i;
      last = glob[i];
    }
    found |= static_cast<unsigned char>(begin) <= static_cast<unsigned char>(c) &&
             static_cast<unsigned char>(c) <= static_cast<unsigned char>(last);
  }
  size = i < glob.size() ? i + 1 : 0;
  return found != negated && c != '/';
}

}  // namespace

bool wildmatch(std::string_view glob, std::string_view text) {
  // Backtracks to the last `*` within a part and to the last `**`: quadratic at worst, never
  // exponential.
  size_t g = 0, t = 0;
  size_t star = std::string_view::npos, star_text = 0;
  size_t deep = std::string_view::npos, deep_text = 0;
  for (;;) {
    const bool starts_part = g == 0 || glob[g - 1] == '/';
    if (starts_part && glob.substr(g, 3) == "**/") {
      deep = g += 3, deep_text = t, star = std::string_view::npos;
      continue;
    }
    if (starts_part && g > 0 && glob.substr(g) == "**") return t < text.size();
    if (starts_part && glob == "**") return true;
    if (g < glob.size() && glob[g] == '*') {
      while (g < glob.size() && glob[g] == '*') ++g;
      star = g, star_text = t;
      continue;
    }
    if (g == glob.size() && t == text.size()) return true;
    size_t used = 0;
    if (g < glob.size() && t < text.size()) {
      const char c = glob[g];
      if (c == '?') {
        used = text[t] != '/';
      } else if (c == '[') {
        size_t size = 0;
        used = match_bracket(glob.substr(g), text[t], size) ? size : 0;
      } else if (c == '\\' && g + 1 < glob.size()) {
        used = glob[g + 1] == text[t] ? 2 : 0;
      } else {
        used = c == text[t];
      }
    }
    if (used > 0) {
      g += used, ++t;
    } else if (star != std::string_view::npos && star_text < text.size() &&
               text[star_text] != '/') {
      g = star, t = ++star_text;
    } else if (deep != std::string_view::npos) {
      const size_t slash = text.find('/', deep_text);
      if (slash == std::string_view::npos) return false;
      g = deep, t = deep_text = slash + 1, star = std::string_view::npos;
    } else {
      return false;
    }
  }
}

IgnoreRules::IgnoreRules(std::shared_ptr<const IgnoreRules> above, std::string folder,
                         std::string_view text)
    : above_(std::move(above)), folder_(std::move(folder)) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (auto pattern = parse_line(text.substr(0, end))) patterns_.push_back(std::move(*pattern));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

IgnoreRules::Verdict IgnoreRules::verdict(std::string_view path, bool is_folder) const {
  const std::string_view below = folder_.empty() ? path : path.substr(folder_.size() + 1);
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (auto pattern = patterns_.rbegin(); pattern != patterns_.rend(); ++pattern) {
    if (pattern->folders_only && !is_folder) continue;
    if (wildmatch(pattern->glob, pattern->anchored ? below : name)) {
      return pattern->negated ? Verdict::kKept : Verdict::kIgnored;
    }
  }
  return above_ ? above_->verdict(path, is_folder) : Verdict::kUndecided;
}

}  // namespace headwater::walk
