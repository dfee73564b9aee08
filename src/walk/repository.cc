#include "walk/repository.h"

#include <string_view>

#include "base/paths.h"

namespace headwater::walk {
namespace {

/// The folder upward from `folder` that holds `.git`, or "".
std::string top_of(const FileSystem& files, std::string folder) {
  for (;;) {
    if (files.status(join_path(folder, ".git"))) return folder;
    const std::string above(parent_path(folder));
    if (above == folder || above.empty()) return {};
    folder = above;
  }
}

std::string trimmed(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return std::string(line);
}

/// The folder with info/exclude. In a further work tree `.git` is a file that names a folder, which
/// has a file that names the one that all work trees share.
std::string common_git_folder(const FileSystem& files, const std::string& top) {
  constexpr std::string_view kKey = "gitdir: ";
  const std::string git = join_path(top, ".git");
  if (files.is_folder(git)) return git;
  const auto text = files.read(git, 1 << 16);
  if (!text || !text->starts_with(kKey)) return git;
  const std::string own = join_path(top, trimmed(std::string_view(*text).substr(kKey.size())));
  const auto shared = files.read(join_path(own, "commondir"), 1 << 16);
  return shared ? normalize_path(join_path(own, trimmed(*shared))) : own;
}

Rules exclude_rules(const FileSystem& files, const std::string& git_folder, std::string place) {
  const auto text = files.read(join_path(git_folder, "info/exclude"));
  return std::make_shared<const IgnoreRules>(nullptr, std::move(place), text ? *text : "");
}

}  // namespace

Result<Rules> with_ignore_file(const FileSystem& files, Rules above, const std::string& folder,
                               std::string place) {
  const std::string path = join_path(folder, ".gitignore");
  const auto found = files.status(path, false);
  if (!found || found->type != EntryType::kFile) return above;
  const auto text = files.read(path);
  if (!text) return tl::unexpected(text.error());
  return std::make_shared<const IgnoreRules>(std::move(above), std::move(place), *text);
}

Rules rules_of_inner_repository(const FileSystem& files, const std::string& folder,
                                std::string place) {
  return exclude_rules(files, join_path(folder, ".git"), std::move(place));
}

RulesAbove rules_above(const FileSystem& files, const std::string& root) {
  const std::string top = top_of(files, root);
  if (top.empty()) return {};
  RulesAbove found{exclude_rules(files, common_git_folder(files, top), ""), "", {}};
  if (top != root) found.prefix = std::string(relative_path(root, top)) + '/';
  for (size_t end = 0; end < found.prefix.size(); end = found.prefix.find('/', end) + 1) {
    const std::string place = found.prefix.substr(0, end == 0 ? 0 : end - 1);
    auto rules = with_ignore_file(files, found.rules, join_path(top, place), place);
    if (rules) {
      found.rules = std::move(*rules);
    } else {
      found.unread.push_back(rules.error());
    }
  }
  return found;
}

}  // namespace headwater::walk
