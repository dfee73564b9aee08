#include "findings/foreign_extensions.h"

#include <algorithm>

#include "base/paths.h"

namespace headwater::findings {
namespace {

/// The least name, as folders are listed in no order.
std::string foreign_file(const ListedFolder& folder, std::string_view module) {
  std::string found;
  folder.for_each([&](std::string_view name, EntryType type) {
    const bool is_compiled = type == EntryType::kFile && name.starts_with(module) &&
                             name.size() > module.size() && name[module.size()] == '.' &&
                             (name.ends_with(".so") || name.ends_with(".pyd"));
    if (is_compiled && (found.empty() || name < found)) found = name;
  });
  return found;
}

}  // namespace

std::string foreign_extension(const World& world, std::string_view dotted) {
  std::string below(dotted);
  std::ranges::replace(below, '.', '/');
  for (const SourceRoot& root : world.layout.roots) {
    const std::string path = join_path(root.path, below);
    const std::string_view folder = parent_path(path);
    const auto at = std::ranges::lower_bound(world.tree.folders, folder, {}, &ListedFolder::path);
    if (at == world.tree.folders.end() || at->path != folder) continue;
    const std::string file = foreign_file(*at, last_part(dotted));
    if (!file.empty()) return join_path(folder, file);
  }
  return {};
}

}  // namespace headwater::findings
