#include "triage/locate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/paths.h"

namespace headwater::triage {
namespace {

constexpr size_t kMostKnown = 4096;  // paths that are remembered

/// With slashes, without a drive.
std::string in_slashes(std::string path) {
  const bool has_drive = path.size() > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/');
  if (has_drive) path.erase(0, 2);
  if (has_drive || path.find('/') == std::string::npos) std::ranges::replace(path, '\\', '/');
  return path;
}

/// Parts from the end that both have.
size_t shared_parts(std::string_view one, std::string_view other) {
  size_t parts = 0;
  while (!one.empty() && !other.empty() && file_name(one) == file_name(other)) {
    ++parts;
    one = parent_path(one);
    other = parent_path(other);
    if (one == "/" || other == "/") break;
  }
  return parts;
}

size_t part_count(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  return path.empty() ? 0 : static_cast<size_t>(std::ranges::count(path, '/')) + 1;
}

/// Of an interpreter or of what is installed for it.
bool is_installed(std::string_view path) {
  constexpr std::string_view kFolders[] = {"/site-packages/", "/dist-packages/", "/lib/python3"};
  return path.starts_with('<') || std::ranges::any_of(kFolders, [&](std::string_view folder) {
           return path.find(folder) != std::string_view::npos;
         });
}

}  // namespace

FileFinder::FileFinder(const SourceTree& tree) : tree_(tree) {
  for (uint32_t file = 0; file < tree.files.size(); ++file) {
    by_name_[file_name(tree.files[file].path)].push_back(file);
  }
}

FileFinder::Match FileFinder::best(const std::string& path) const {
  Match best;
  const auto named = by_name_.find(file_name(path));
  if (named == by_name_.end()) return best;
  const size_t parts_of_path = part_count(path);
  for (const uint32_t file : named->second) {
    const std::string& candidate = tree_.files[file].path;
    const size_t parts = shared_parts(path, candidate);
    const bool is_whole =
        parts == part_count(candidate) || (parts == parts_of_path && !path.starts_with('/'));
    const auto rank = [](bool whole, size_t count) { return std::pair(whole, count); };
    if (best.file == kNothing || rank(is_whole, parts) > rank(best.is_whole, best.parts)) {
      best = {file, parts, is_whole};
    } else if (rank(is_whole, parts) == rank(best.is_whole, best.parts)) {
      best.is_ambiguous = true;
      best.other = file;
    }
  }
  return best;
}

uint32_t FileFinder::exact(const std::string& path) const {
  const auto found = std::ranges::lower_bound(tree_.files, path, {}, &SourceFile::path);
  const bool is_there = found != tree_.files.end() && found->path == path;
  return is_there ? static_cast<uint32_t>(found - tree_.files.begin()) : kNothing;
}

Located FileFinder::find(const std::string& given) {
  const auto known = known_.find(given);
  if (known != known_.end()) return known->second;
  if (known_.size() == kMostKnown) known_.clear();
  Located& made = known_[given];
  std::string path = normalize_path(in_slashes(given));
  const bool is_below_root = path.starts_with('/') && is_within(path, tree_.root);
  if (is_below_root) path = relative_path(path, tree_.root);
  made.file = exact(path);
  if (made.file != kNothing) return made;
  if (path.empty()) {
    made.why = "the report names no file";
  } else if (is_below_root) {
    made.is_gone = true;
    made.why = "the file is not there any more, or not audited";
  } else if (is_installed(path)) {
    made.why = "the place is in installed code";
  } else if (const Match match = best(path); match.is_ambiguous && match.shares_an_end()) {
    made.why = fmt::format("{} and {} both end so", tree_.files[match.file].path,
                           tree_.files[match.other].path);
  } else if (match.file != kNothing && match.shares_an_end()) {
    made.file = match.file;
  } else {
    made.is_gone = !path.starts_with('/');
    made.why = made.is_gone ? "the file is not there any more, or not audited"
                            : "no file of the repository ends so";
  }
  return made;
}

}  // namespace headwater::triage
