#include "project/local_projects.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/paths.h"
#include "model/requirement.h"
#include "project/workspace.h"

namespace headwater::project {
namespace {

/// So many projects outside of the tree are read: a chain of them ends somewhere.
constexpr size_t kMaxOutside = 1000;

/// A project with what it needs. Those of the tree come first, in the layout's order.
struct Linked {
  std::vector<uint32_t> roots;  // into ProjectLayout::roots
  std::vector<size_t> needs;    // into the linked projects, in the order of declaration
};

class Linker {
 public:
  Linker(const FileSystem& files, const std::string& tree_root, ProjectLayout& layout)
      : files_(files),
        tree_root_(tree_root),
        layout_(layout),
        repository_(repository_around(files, tree_root)) {}

  void run(const std::vector<Declaration>& declarations) {
    for (uint32_t i = 0; i < layout_.roots.size(); ++i) {
      root_numbers_.emplace(layout_.roots[i].path, i);
    }
    for (size_t i = 0; i < layout_.projects.size(); ++i) {
      const Project& project = layout_.projects[i];
      by_folder_.emplace(join_path(tree_root_, project.folder), i);
      if (!project.name.empty()) by_name_.emplace(normalized_distribution_name(project.name), i);
      Linked& linked = linked_.emplace_back();
      for (const SourceRoot& root : project.roots) linked.roots.push_back(number_of(root));
    }
    read_workspace_around();
    for (size_t i = 0; i < declarations.size(); ++i) link(i, declarations[i]);
    // Projects outside, found on the way, may need others: the list grows while it is worked off.
    for (size_t i = 0; i < outside_.size(); ++i) {
      const Declaration declaration = std::move(outside_[i]);
      link(layout_.projects.size() + i, declaration);
    }
    for (size_t i = 0; i < layout_.projects.size(); ++i) {
      std::set<size_t> seen;
      std::set<uint32_t> taken;
      gather(i, seen, taken, layout_.projects[i].search_roots);
    }
  }

 private:
  uint32_t number_of(const SourceRoot& root) {
    const auto [known, is_new] =
        root_numbers_.emplace(root.path, static_cast<uint32_t>(layout_.roots.size()));
    if (is_new) layout_.roots.push_back(root);
    return known->second;
  }

  void link(size_t index, const Declaration& declaration) {
    std::vector<size_t> needs;
    for (const LocalProject& local : declaration.local_projects) {
      const std::string folder = normalize_path(join_path(tree_root_, local.folder));
      if (const auto found = project_at(folder, local.why)) needs.push_back(*found);
    }
    for (const DeclaredDependency& dependency : declaration.project.dependencies) {
      const auto found = by_name_.find(dependency.normalized_name);
      if (found != by_name_.end()) needs.push_back(found->second);
      if (found != by_name_.end()) continue;
      const auto member = members_.find(dependency.normalized_name);
      if (member == members_.end()) continue;
      const auto outside = project_at(member->second, "tool.uv.workspace.members");
      if (outside) needs.push_back(*outside);
    }
    std::erase(needs, index);
    linked_[index].needs = std::move(needs);
  }

  std::optional<size_t> project_at(const std::string& folder, const std::string& why) {
    const auto known = by_folder_.find(folder);
    if (known != by_folder_.end()) return known->second;
    if (is_within(folder, tree_root_) || !files_.is_folder(folder)) return std::nullopt;
    if (repository_.empty() || !is_within(folder, repository_)) {
      layout_.notes.push_back(folder + " lies outside of the repository and is not read (" + why +
                              ')');
      return std::nullopt;
    }
    if (outside_.size() >= kMaxOutside) return std::nullopt;
    Declaration declaration = declaration_at(folder);
    Linked& linked = linked_.emplace_back();
    for (const SourceRoot& root : roots_of(declaration)) {
      linked.roots.push_back(number_of({root.path, "needed by path: " + why}));
    }
    outside_.push_back(std::move(declaration));
    by_folder_.emplace(folder, linked_.size() - 1);
    return linked_.size() - 1;
  }

  Declaration declaration_at(const std::string& folder) const {
    std::vector<std::string> names;
    const auto entries = files_.list(folder);
    for (size_t i = 0; entries && i < entries->size(); ++i) {
      if (is_project_file((*entries)[i].name)) names.push_back((*entries)[i].name);
    }
    std::sort(names.begin(), names.end());
    return read_declaration(files_, "", folder, names);
  }

  /// What its files name, else `src`, else the folder itself: the tree outside is not walked.
  std::vector<SourceRoot> roots_of(const Declaration& declaration) const {
    std::vector<SourceRoot> roots = declaration.project.roots;
    std::erase_if(roots, [&](const SourceRoot& root) { return !files_.is_folder(root.path); });
    if (!roots.empty()) return roots;
    const std::string source = join_path(declaration.project.folder, "src");
    const bool has_source =
        files_.is_folder(source) && !files_.is_file(join_path(source, "__init__.py"));
    return {{has_source ? source : declaration.project.folder, ""}};
  }

  /// What the workspace that the tree is a member of has, by name: its root, its members, and what
  /// its root has by path, since members inherit those sources.
  void read_workspace_around() {
    if (repository_.empty() || repository_ == tree_root_) return;
    std::string folder = tree_root_;
    do {
      folder = parent_path(folder);
      if (!files_.is_file(join_path(folder, "pyproject.toml"))) continue;
      const Declaration around = read_declaration(files_, "", folder, {"pyproject.toml"});
      if (around.workspace_members.empty()) continue;
      std::vector<std::string> all =
          workspace_members(files_, folder, around.workspace_members, around.workspace_exclude);
      all.push_back(folder);
      for (const LocalProject& local : around.local_projects) all.push_back(local.folder);
      for (const std::string& member : all) {
        if (!files_.is_file(join_path(member, "pyproject.toml"))) continue;
        const Declaration found = read_declaration(files_, "", member, {"pyproject.toml"});
        if (found.project.name.empty()) continue;
        members_.emplace(normalized_distribution_name(found.project.name), member);
      }
      return;
    } while (folder != repository_ && folder.size() > 1);
  }

  void gather(size_t index, std::set<size_t>& seen, std::set<uint32_t>& taken,
              std::vector<uint32_t>& roots) const {
    std::vector<size_t> open = {index};
    while (!open.empty()) {
      const size_t next = open.back();
      open.pop_back();
      if (!seen.insert(next).second) continue;
      for (const uint32_t root : linked_[next].roots) {
        if (taken.insert(root).second) roots.push_back(root);
      }
      open.insert(open.end(), linked_[next].needs.rbegin(), linked_[next].needs.rend());
    }
  }

  const FileSystem& files_;
  const std::string& tree_root_;
  ProjectLayout& layout_;
  const std::string repository_;
  std::map<std::string, uint32_t> root_numbers_;
  std::map<std::string, size_t> by_folder_;  // absolute
  std::map<std::string, size_t> by_name_;    // normalized
  std::map<std::string, std::string> members_;
  std::vector<Linked> linked_;
  std::vector<Declaration> outside_;
};

}  // namespace

std::string repository_around(const FileSystem& files, std::string_view folder) {
  for (; folder.size() > 1; folder = parent_path(folder)) {
    if (files.status(join_path(folder, ".git"))) return std::string(folder);
  }
  return {};
}

void link_projects(const FileSystem& files, const std::string& tree_root,
                   const std::vector<Declaration>& declarations, ProjectLayout& layout) {
  Linker(files, tree_root, layout).run(declarations);
}

}  // namespace headwater::project
