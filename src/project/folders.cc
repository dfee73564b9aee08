#include "project/folders.h"

#include <unordered_set>

#include "base/paths.h"

namespace headwater::project {
namespace {

/// Files that tools look for by name; nobody imports them.
bool is_tool_file(std::string_view name) {
  return name == "setup.py" || name == "conftest.py" || name == "noxfile.py" || name == "tasks.py";
}

bool is_initializer(std::string_view name) {
  return name == "__init__.py" || name == "__init__.pyi";
}

/// The folder that holds the outermost regular package around `folder`; `folder` itself if there is
/// none.
class OutermostPackages {
 public:
  explicit OutermostPackages(const SourceTree& tree) {
    for (const SourceFile& file : tree.files) {
      if (is_initializer(file_name(file.path))) packages_.insert(parent_path(file.path));
    }
  }

  std::string_view container(std::string_view folder) {
    if (folder.empty()) return folder;
    const auto known = containers_.find(folder);
    if (known != containers_.end()) return known->second;
    const std::string_view parent = parent_path(folder);
    std::string_view result = container(parent);
    // Nothing above is a package when the parent is its own container.
    if (result == parent && !is_inside_package(parent) && !packages_.contains(folder)) {
      result = folder;
    }
    if (packages_.contains(folder) || is_inside_package(parent)) inside_.insert(folder);
    containers_.emplace(folder, result);
    return result;
  }

 private:
  bool is_inside_package(std::string_view folder) const { return inside_.contains(folder); }

  std::unordered_set<std::string_view> packages_;  // folders with an `__init__`
  std::unordered_set<std::string_view> inside_;    // packages and everything below them
  std::unordered_map<std::string_view, std::string_view> containers_;
};

}  // namespace

CandidateRoots find_candidate_roots(const SourceTree& tree) {
  OutermostPackages packages(tree);
  CandidateRoots roots;
  // Files come in path order: most share their folder with the one before.
  std::string_view last_folder;
  bool lies_in_root = false;
  CandidateRoot* root = nullptr;
  for (const SourceFile& file : tree.files) {
    if (file.kind == FileKind::kNotebook) continue;
    const std::string_view folder = parent_path(file.path);
    const std::string_view name = file_name(file.path);
    if (root == nullptr || folder != last_folder) {
      const std::string_view container = packages.container(folder);
      root = &roots[std::string(container)];
      lies_in_root = container == folder;
      last_folder = folder;
    }
    if (!lies_in_root) {
      root->holds_packages = true;
    } else {
      root->holds_modules |= !is_tool_file(name) && !is_initializer(name);
      root->has_setup_py |= name == "setup.py";
    }
  }
  return roots;
}

}  // namespace headwater::project
