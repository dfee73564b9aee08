#include "scripts_audit/text_files.h"

#include <algorithm>

#include "base/paths.h"
#include "base/text.h"
#include "model/naming_file.h"

namespace headwater::scripts_audit {
namespace {

/// What was, not what is: a file or a folder that is called so.
bool is_change_log(std::string_view folder, std::string_view name) {
  constexpr std::string_view kLogs[] = {
      "changelog", "changelogs",    "changes",       "history",  "news",    "newsfragments",
      "release",   "release-notes", "release_notes", "releases", "whatsnew"};
  const auto is_log = [&](std::string_view text) {
    return std::ranges::find(kLogs, lowered(text)) != std::end(kLogs);
  };
  for (; !folder.empty(); folder = parent_path(folder)) {
    if (is_log(file_name(folder))) return true;
  }
  return is_log(name.substr(0, name.find('.')));
}

/// Of `ci.yml.j2` what it is a template of: `ci.yml`.
std::string_view without_template(std::string_view name) {
  for (const std::string_view end : {".j2", ".jinja", ".tpl", ".tmpl", ".template", ".in"}) {
    if (name.ends_with(end)) return name.substr(0, name.size() - end.size());
  }
  return name;
}

}  // namespace

std::optional<ReferenceKind> kind_of_text(std::string_view folder, std::string_view whole_name) {
  const std::string_view name = without_template(whole_name);
  const auto kind = kind_of_naming_file(folder, name);
  if (kind == ReferenceKind::kDocs && is_change_log(folder, name)) return std::nullopt;
  return kind;
}

Reading reading_of(std::string_view path, ReferenceKind kind) {
  if (kind == ReferenceKind::kConfig) return Reading::kPaths;
  const std::string_view name = file_name(path);
  const bool has_settings = name == "pyproject.toml" || name == "setup.cfg";
  return has_settings ? Reading::kEntries : Reading::kCommands;
}

}  // namespace headwater::scripts_audit
