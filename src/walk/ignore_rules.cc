#include "walk/ignore_rules.h"

#include <algorithm>
#include <optional>

#include "walk/glob.h"

namespace headwater::walk {
namespace {

/// Spaces at the end do not count unless a backslash precedes them; a backslash takes the character
/// after it with it, so two of them protect nothing.
std::string_view without_trailing_spaces(std::string_view line) {
  size_t end = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == ' ') continue;
    if (line[i] == '\\' && ++i == line.size()) return line;
    end = i + 1;
  }
  return line.substr(0, end);
}

std::optional<IgnorePattern> parse_line(std::string_view line) {
  if (line.starts_with('#')) return std::nullopt;
  if (line.ends_with('\r')) line.remove_suffix(1);
  line = line.substr(0, line.find('\0'));  // git reads the line as a C string
  line = without_trailing_spaces(line);
  IgnorePattern pattern;
  if (line.starts_with('!')) {
    pattern.negated = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    pattern.folders_only = true;
    line.remove_suffix(1);
  }
  pattern.anchored = line.find('/') != std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return std::nullopt;
  pattern.glob = line;
  pattern.literal_size = static_cast<uint32_t>(literal_length(line));
  pattern.is_suffix =
      !pattern.anchored && line[0] == '*' && literal_length(line.substr(1)) == line.size() - 1;
  return pattern;
}

}  // namespace

bool IgnorePattern::matches(std::string_view text) const {
  const std::string_view pattern = glob;
  if (is_suffix) return text.ends_with(pattern.substr(1));
  if (literal_size == pattern.size()) return text == pattern;
  // git compares the literal start by itself, so what follows counts as the start of a glob: in
  // `a/b**/c`, which its manual says is no different from `a/b*/c`, the stars match folders.
  return text.starts_with(pattern.substr(0, literal_size)) &&
         glob_matches(pattern.substr(literal_size), text.substr(literal_size));
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
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (const IgnoreRules* rules = this; rules; rules = rules->above_.get()) {
    const std::string_view below =
        rules->folder_.empty() ? path : path.substr(rules->folder_.size() + 1);
    for (auto pattern = rules->patterns_.rbegin(); pattern != rules->patterns_.rend(); ++pattern) {
      if (pattern->folders_only && !is_folder) continue;
      if (pattern->matches(pattern->anchored ? below : name)) {
        return pattern->negated ? Verdict::kKept : Verdict::kIgnored;
      }
    }
  }
  return Verdict::kUndecided;
}

}  // namespace headwater::walk
