#include "project/layout.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/paths.h"
#include "model/requirement.h"
#include "project/declaration.h"
#include "project/extensions.h"
#include "project/folders.h"
#include "project/local_projects.h"
#include "project/namespaces.h"

namespace headwater::project {
namespace {

/// Namespaces that many distributions share: a folder of this name is a part of a package where
/// nothing else says so.
constexpr std::array<std::string_view, 12> kSharedNamespaces = {
    "azure", "backports", "collective", "flufl",  "google",        "jaraco",
    "lazr",  "paste",     "plone",      "ruamel", "sphinxcontrib", "zope"};

/// A project with the candidates that lie in it and in no project further down.
struct ProjectFolders {
  Declaration declaration;
  std::vector<std::pair<std::string, CandidateRoot>> candidates;  // sorted by path
};

/// Unpacked distributions are looked for this far down only, which takes a listing of each folder;
/// further down the files of a project are asked for by name.
constexpr size_t kListedDepth = 2;

/// Every folder from the candidates up to the tree itself, by depth, each sorted.
std::vector<std::vector<std::string>> folders_by_depth(const CandidateRoots& candidates) {
  std::set<std::string> folders = {""};
  for (const auto& [folder, candidate] : candidates) {
    for (std::string_view path = folder; !path.empty(); path = parent_path(path)) {
      if (!folders.emplace(path).second) break;
    }
  }
  std::vector<std::vector<std::string>> levels;
  for (const std::string& folder : folders) {
    const auto slashes = static_cast<size_t>(std::count(folder.begin(), folder.end(), '/'));
    const size_t depth = folder.empty() ? 0 : slashes + 1;
    levels.resize(std::max(levels.size(), depth + 1));
    levels[depth].push_back(folder);
  }
  return levels;
}

/// The project files in a folder, sorted; none where none makes it a project.
std::vector<std::string> project_files_in(const FileSystem& files, const std::string& folder,
                                          bool by_listing) {
  std::vector<std::string> names;
  const auto has = [&](const char* name) { return files.is_file(join_path(folder, name)); };
  if (!by_listing && !has("pyproject.toml") && !has("setup.py") && !has("setup.cfg")) return names;
  const auto listing = files.list(folder);
  if (!listing) return names;
  for (const DirectoryEntry& entry : *listing) {
    if (is_project_file(entry.name)) names.push_back(entry.name);
  }
  if (std::none_of(names.begin(), names.end(), is_project_marker)) names.clear();
  std::sort(names.begin(), names.end());
  return names;
}

/// Sorted by folder; the first is the tree itself. None lies below an unpacked distribution: what a
/// wheel brings along is its content, whatever its files are called.
std::vector<ProjectFolders> find_projects(const FileSystem& files, const SourceTree& tree,
                                          const CandidateRoots& candidates) {
  std::vector<ProjectFolders> projects;
  std::set<std::string, std::less<>> closed;  // unpacked distributions and what is below them
  const std::vector<std::vector<std::string>> levels = folders_by_depth(candidates);
  for (size_t depth = 0; depth < levels.size(); ++depth) {
    std::vector<std::string> folders;
    for (const std::string& folder : levels[depth]) {
      const bool is_closed = depth > 0 && closed.contains(parent_path(folder));
      if (is_closed) closed.insert(folder);
      if (!is_closed) folders.push_back(folder);
    }
    std::vector<std::optional<Declaration>> found(folders.size());
    tbb::parallel_for(tbb::blocked_range<size_t>(0, folders.size()), [&](const auto& range) {
      for (size_t i = range.begin(); i < range.end(); ++i) {
        const auto names =
            project_files_in(files, join_path(tree.root, folders[i]), depth <= kListedDepth);
        if (names.empty() && depth > 0) continue;
        found[i] = read_declaration(files, tree.root, folders[i], names);
      }
    });
    for (std::optional<Declaration>& declaration : found) {
      if (!declaration) continue;
      if (declaration->project.is_unpacked_distribution) closed.insert(declaration->project.folder);
      projects.push_back({*std::move(declaration), {}});
    }
  }
  std::sort(projects.begin(), projects.end(), [](const auto& left, const auto& right) {
    return left.declaration.project.folder < right.declaration.project.folder;
  });
  return projects;
}

/// The innermost of `folders` (sorted) that holds `path`; "" is one of them.
template <typename FolderOf>
size_t innermost(std::string_view path, const std::vector<ProjectFolders>& projects,
                 FolderOf&& folder_of) {
  for (std::string_view folder = path;; folder = parent_path(folder)) {
    const auto found = std::lower_bound(projects.begin(), projects.end(), folder,
                                        [&](const ProjectFolders& project, std::string_view name) {
                                          return folder_of(project) < name;
                                        });
    if (found != projects.end() && folder_of(*found) == folder) {
      return static_cast<size_t>(found - projects.begin());
    }
    if (folder.empty()) return 0;
  }
}

using Namespaces = std::map<std::string, std::string>;

/// Candidates whose place is not known by what projects declare.
CandidateRoots inferred_roots(const std::vector<ProjectFolders>& projects) {
  CandidateRoots inferred;
  for (const ProjectFolders& folders : projects) {
    const Project& project = folders.declaration.project;
    if (project.is_unpacked_distribution) continue;
    for (const auto& [folder, candidate] : folders.candidates) {
      const bool is_declared = std::ranges::any_of(project.roots, [&](const SourceRoot& root) {
        return is_within(folder, root.path) && root.path != project.folder;
      });
      if (folder != project.folder && !is_declared) inferred.emplace(folder, candidate);
    }
  }
  return inferred;
}

/// Decides the roots of one project, each with its reason.
class ProjectRoots {
 public:
  ProjectRoots(const FileSystem& files, const std::string& tree_root, const Namespaces& namespaces,
               ProjectFolders& folders)
      : files_(files),
        tree_root_(tree_root),
        namespaces_(namespaces),
        declaration_(folders.declaration),
        project_(folders.declaration.project),
        candidates_(folders.candidates) {}

  void decide() {
    keep_existing(project_.roots);
    keep_existing(declaration_.test_paths);
    const bool is_declared = !project_.roots.empty();
    if (!is_declared) add_default_roots();
    for (SourceRoot& root : declaration_.test_paths) add(root.path, root.why);
    for (const auto& [folder, candidate] : candidates_) {
      if (!candidate.holds_packages && !candidate.holds_modules) continue;
      if (const auto found = namespaces_.find(folder); found != namespaces_.end()) {
        add(std::string(parent_path(found->second)), "folder of a namespace package");
        continue;
      }
      if (is_part_of_a_root(folder, candidate)) continue;
      add(folder, candidate.holds_packages ? "folder of packages" : "folder of modules");
    }
  }

 private:
  void keep_existing(std::vector<SourceRoot>& roots) const {
    std::erase_if(roots, [&](const SourceRoot& root) {
      return !files_.is_folder(join_path(tree_root_, root.path));
    });
  }

  void add(const std::string& folder, std::string why) {
    for (const SourceRoot& root : project_.roots) {
      if (root.path == folder) return;
    }
    project_.roots.push_back({folder, std::move(why)});
  }

  void add_default_roots() {
    const std::string& folder = project_.folder;
    if (project_.is_unpacked_distribution) {
      add(folder, "unpacked distribution");
      for (const auto& [path, candidate] : candidates_) add_data_root(path);
      return;
    }
    const std::string source = join_path(folder, "src");
    for (const auto& [path, candidate] : candidates_) {
      // `src/__init__.py` would have made src a package, and no candidate lies in one.
      if (is_within(path, source) && !namespaces_.contains(source)) {
        add(source, "src layout");
        break;
      }
    }
    for (const auto& [path, candidate] : candidates_) {
      if (path == folder && (candidate.holds_packages || candidate.holds_modules)) {
        add(folder, candidate.holds_packages ? "folder of packages" : "folder of modules");
      }
    }
    if (!project_.roots.empty()) return;
    for (const auto& [path, candidate] : candidates_) {
      if (is_namespace(path)) add(namespace_root(path), "folder of a namespace package");
    }
  }

  /// A wheel's `x-1.0.data/purelib` is installed as if it were the wheel's own top.
  void add_data_root(std::string_view path) {
    for (; path.size() > project_.folder.size(); path = parent_path(path)) {
      const std::string_view name = file_name(path);
      if ((name == "purelib" || name == "platlib") && parent_path(path).ends_with(".data")) {
        add(std::string(path), "unpacked distribution");
      }
    }
  }

  /// Whether the folder is a namespace package's portion, or only scripts, below a root that is
  /// there already. A folder of regular packages in a flat project is a root of its own: tests and
  /// tools lie so.
  bool is_part_of_a_root(const std::string& folder, const CandidateRoot& candidate) const {
    bool is_inside = false;
    bool is_inside_own = false;
    for (const SourceRoot& root : project_.roots) {
      if (root.path == folder) return true;
      if (!is_within(folder, root.path)) continue;
      is_inside = true;
      is_inside_own |= root.path != project_.folder && root.why != "folder of packages" &&
                       root.why != "folder of modules";
    }
    if (!is_inside) return false;
    if (is_inside_own || project_.is_unpacked_distribution) return true;
    return !candidate.holds_packages || is_namespace(folder);
  }

  bool is_namespace(const std::string& folder) const {
    for (const std::string& package : declaration_.package_folders) {
      if (is_within(folder, package) || is_within(package, folder)) return true;
    }
    for (const auto& [part, top] : namespaces_) {
      if (is_within(folder, top)) return true;
    }
    return !namespace_below(folder).empty();
  }

  /// The top of a namespace package that `folder` is in: its path, or "".
  std::string namespace_below(const std::string& folder) const {
    std::string_view below = relative_path(folder, project_.folder);
    const std::string name = normalized_distribution_name(project_.name);
    for (size_t begin = 0; begin < below.size();) {
      const size_t end = std::min(below.find('/', begin), below.size());
      const std::string_view part = below.substr(begin, end - begin);
      const bool is_shared = std::find(kSharedNamespaces.begin(), kSharedNamespaces.end(), part) !=
                             kSharedNamespaces.end();
      // azure-storage-blob lies in azure/storage/blob.
      const bool names_project = name.starts_with(normalized_distribution_name(part) + '-');
      if (is_shared || names_project) return join_path(project_.folder, below.substr(0, end));
      begin = end + 1;
    }
    return {};
  }

  std::string namespace_root(const std::string& folder) const {
    return std::string(parent_path(namespace_below(folder)));
  }

  const FileSystem& files_;
  const std::string& tree_root_;
  const Namespaces& namespaces_;  // by imports
  Declaration& declaration_;
  Project& project_;
  const std::vector<std::pair<std::string, CandidateRoot>>& candidates_;
};

std::string plural(size_t count, const std::string& noun) {
  return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

std::string describe(const ProjectLayout& layout) {
  const auto is_declared = [](const SourceRoot& root) {
    return root.why.find(':') != std::string::npos;
  };
  const auto declared = std::find_if(layout.roots.begin(), layout.roots.end(), is_declared);
  const size_t projects = static_cast<size_t>(std::count_if(
      layout.projects.begin(), layout.projects.end(),
      [](const Project& project) { return !project.name.empty() || !project.folder.empty(); }));
  if (projects > 1) return "from " + plural(projects, "project");
  if (declared != layout.roots.end())
    return "from " + declared->why.substr(0, declared->why.find(':'));
  return "from the layout: " + plural(layout.roots.size(), "folder") + " of packages and modules";
}

ProjectLayout with_given_roots(ProjectLayout layout, const SourceTree& tree,
                               const LayoutOptions& options) {
  layout.roots.clear();
  for (const std::string& root : options.roots) {
    const std::string path = normalize_path(root);
    const bool is_inside = is_within(path, tree.root);
    layout.roots.push_back(
        {is_inside ? std::string(relative_path(path, tree.root)) : path, "given by --root"});
  }
  layout.explicit_roots = !options.roots.empty();
  layout.why = "given by --root";
  if (layout.explicit_roots) return layout;
  for (const std::string& root : options.configured_roots) {
    layout.roots.push_back({normalize_path(root), "tool.headwater.roots"});
  }
  layout.why = "from tool.headwater.roots";
  return layout;
}

/// For a tree that is a package of a repository around it: the first folder upward that is none,
/// which is where the package's own absolute imports are found. Nothing outside of a repository is
/// looked at.
std::optional<SourceRoot> root_around(const FileSystem& files, const std::string& tree_root) {
  const auto is_repository = [&](std::string_view folder) {
    return files.status(join_path(folder, ".git")).has_value();
  };
  std::string_view folder = tree_root;
  while (files.is_file(join_path(folder, "__init__.py"))) {
    if (folder.size() <= 1 || is_repository(folder)) return std::nullopt;
    folder = parent_path(folder);
  }
  if (folder == tree_root) return std::nullopt;
  for (std::string_view above = folder; !is_repository(above); above = parent_path(above)) {
    if (above.size() <= 1) return std::nullopt;
  }
  return SourceRoot{std::string(folder), "folder around the audited package"};
}

}  // namespace

ProjectLayout find_layout(const FileSystem& files, const SourceTree& tree,
                          const ScannedTree& scanned, const LayoutOptions& options) {
  const CandidateRoots candidates = find_candidate_roots(tree);
  std::vector<ProjectFolders> projects = find_projects(files, tree, candidates);
  const auto folder_of = [](const ProjectFolders& project) -> const std::string& {
    return project.declaration.project.folder;
  };
  for (const auto& candidate : candidates) {
    projects[innermost(candidate.first, projects, folder_of)].candidates.push_back(candidate);
  }
  for (const ListedFolder& folder : tree.folders) {
    add_extension_modules(files, tree.root, folder,
                          projects[innermost(folder.path, projects, folder_of)].declaration);
  }
  const Namespaces namespaces = find_namespaces(tree, scanned, inferred_roots(projects));
  tbb::parallel_for(size_t{0}, projects.size(), [&](size_t i) {
    ProjectRoots(files, tree.root, namespaces, projects[i]).decide();
  });
  ProjectLayout layout;
  std::set<std::string> seen;
  std::vector<Declaration> declarations;
  for (ProjectFolders& folders : projects) {
    Declaration& declaration = folders.declaration;
    for (const SourceRoot& root : declaration.project.roots) {
      if (seen.insert(root.path).second) layout.roots.push_back(root);
    }
    layout.notes.insert(layout.notes.end(), declaration.notes.begin(), declaration.notes.end());
    layout.projects.push_back(declaration.project);
    declarations.push_back(std::move(declaration));
  }
  if (!options.roots.empty() || !options.configured_roots.empty()) {
    return with_given_roots(std::move(layout), tree, options);
  }
  layout.why = describe(layout);
  link_projects(files, tree.root, declarations, layout);
  if (auto around = root_around(files, tree.root)) layout.roots.push_back(*std::move(around));
  return layout;
}

}  // namespace headwater::project
