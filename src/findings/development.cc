#include "findings/development.h"

#include <algorithm>

#include "base/paths.h"

namespace headwater::findings {
namespace {

bool is_placed_for_development(std::string_view path) {
  constexpr std::string_view kFolders[] = {
      "test",      "tests", "testing", "doc",   "docs", "examples", "benchmarks",
      "benchmark", "bench", "scripts", "tools", "ci",   "notebooks"};
  constexpr std::string_view kFiles[] = {"conftest.py", "setup.py", "noxfile.py", "tasks.py",
                                         "fabfile.py"};
  if (std::ranges::find(kFiles, file_name(path)) != std::end(kFiles)) return true;
  for (std::string_view folder = parent_path(path); !folder.empty(); folder = parent_path(folder)) {
    if (std::ranges::find(kFolders, file_name(folder)) != std::end(kFolders)) return true;
  }
  return false;
}

}  // namespace

bool is_for_development(const World& world, uint32_t file) {
  return world.entry_paths.is_test[file] || world.resolved.module_name[file].empty() ||
         is_placed_for_development(world.tree.files[file].path);
}

std::string title(const Project& project) {
  if (!project.name.empty()) return project.name;
  return project.folder.empty() ? "the project" : project.folder;
}

}  // namespace headwater::findings
