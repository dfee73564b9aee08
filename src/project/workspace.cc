#include "project/workspace.h"

#include <fnmatch.h>

#include <algorithm>

#include "base/paths.h"

namespace headwater::project {
namespace {

/// Listings that one workspace may cost: a hostile `**/**/**` ends here.
constexpr size_t kMaxListings = 20000;
constexpr size_t kMaxDepth = 64;

bool is_pattern(std::string_view part) { return part.find_first_of("*?[") != part.npos; }

class Expansion {
 public:
  explicit Expansion(const FileSystem& files) : files_(files) {}

  void expand(const std::string& folder, std::string_view pattern, size_t depth) {
    if (pattern.empty()) {
      found.push_back(folder);
      return;
    }
    if (depth > kMaxDepth) return;
    const size_t slash = std::min(pattern.find('/'), pattern.size());
    const std::string part(pattern.substr(0, slash));
    const std::string_view rest =
        slash == pattern.size() ? std::string_view() : pattern.substr(slash + 1);
    if (!is_pattern(part)) {
      const std::string below = join_path(folder, part);
      if (files_.is_folder(below)) expand(below, rest, depth + 1);
      return;
    }
    if (part == "**") expand(folder, rest, depth + 1);
    if (++listings_ > kMaxListings) return;
    const auto entries = files_.list(folder);
    if (!entries) return;
    for (const DirectoryEntry& entry : *entries) {
      const bool is_hidden = entry.name.starts_with('.') && !part.starts_with('.');
      if (entry.type != EntryType::kFolder || is_hidden) continue;
      const std::string below = join_path(folder, entry.name);
      if (part == "**") {
        expand(below, pattern, depth + 1);
      } else if (fnmatch(part.c_str(), entry.name.c_str(), 0) == 0) {
        expand(below, rest, depth + 1);
      }
    }
  }

  std::vector<std::string> found;

 private:
  const FileSystem& files_;
  size_t listings_ = 0;
};

bool is_excluded(const std::string& relative, const std::vector<std::string>& exclude) {
  return std::any_of(exclude.begin(), exclude.end(), [&](const std::string& pattern) {
    return fnmatch(normalize_path(pattern).c_str(), relative.c_str(), 0) == 0;
  });
}

}  // namespace

std::vector<std::string> workspace_members(const FileSystem& files, const std::string& folder,
                                           const std::vector<std::string>& patterns,
                                           const std::vector<std::string>& exclude) {
  Expansion expansion(files);
  for (const std::string& pattern : patterns) {
    const std::string normal = normalize_path(pattern);
    if (!normal.starts_with("..") && !normal.starts_with('/')) expansion.expand(folder, normal, 0);
  }
  std::vector<std::string>& found = expansion.found;
  std::erase_if(found, [&](const std::string& member) {
    return is_excluded(std::string(relative_path(member, folder)), exclude);
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return std::move(found);
}

}  // namespace headwater::project
