#include "project/declaration.h"

#include <algorithm>
#include <set>

#include "base/paths.h"
#include "base/text.h"
#include "model/core_metadata.h"
#include "model/requirement.h"
#include "project/extensions.h"
#include "project/ini_file.h"

namespace headwater::project {
namespace {

constexpr uint64_t kMaxProjectFileBytes = 16 << 20;

bool is_requirements_file(std::string_view name) {
  return name.starts_with("requirements") && name.ends_with(".txt");
}

/// "dev" of requirements-dev.txt and requirements_dev.txt.
std::string group_of_requirements(std::string_view file) {
  std::string_view stem = file_name(file);
  stem.remove_suffix(std::string_view(".txt").size());
  stem.remove_prefix(std::string_view("requirements").size());
  while (!stem.empty() && !(stem.front() >= 'a' && stem.front() <= 'z')) stem.remove_prefix(1);
  return std::string(stem);
}

bool is_development_group(std::string_view group) {
  constexpr std::string_view kGroups[] = {"ci",   "dev",  "develop", "development", "doc",   "docs",
                                          "lint", "test", "tests",   "testing",     "typing"};
  return std::find(std::begin(kGroups), std::end(kGroups), group) != std::end(kGroups);
}

/// The path as seen from the tree; none if it leaves it.
bool path_in_tree(const Declaration& declaration, std::string_view relative, std::string& path) {
  if (relative.starts_with('/')) return false;
  path = normalize_path(join_path(declaration.project.folder, relative));
  return path != ".." && !path.starts_with("../");
}

/// What follows `;`, without the comment of a requirements file.
std::string marker_of(std::string_view requirement) {
  const size_t semicolon = requirement.find(';');
  if (semicolon == std::string_view::npos) return {};
  const std::string_view marker = requirement.substr(semicolon + 1);
  return std::string(trimmed(marker.substr(0, marker.find('#'))));
}

void add_distinct(std::vector<SourceRoot>& roots, SourceRoot root) {
  const bool is_known = std::any_of(roots.begin(), roots.end(),
                                    [&](const SourceRoot& old) { return old.path == root.path; });
  if (!is_known) roots.push_back(std::move(root));
}

void read_unpacked_distribution(const FileSystem& files, const std::string& folder,
                                const std::string& file, Declaration& declaration) {
  const auto text = files.read(join_path(folder, "METADATA"), kMaxProjectFileBytes);
  if (!text) return;
  const MetadataFields fields = parse_metadata(*text);
  declaration.project.name = fields.name;
  for (const std::string& requirement : fields.requires_dist) {
    const std::string extra(required_extra(requirement));
    add_dependency(declaration, requirement, join_path(file, "METADATA"), extra,
                   extra.empty() ? DependencyKind::kProduct : DependencyKind::kExtra);
  }
}

}  // namespace

bool is_project_marker(std::string_view name) {
  return name == "pyproject.toml" || name == "setup.cfg" || name == "setup.py" ||
         name.ends_with(".dist-info");
}

bool is_project_file(std::string_view name) {
  return is_project_marker(name) || name == "pytest.ini" || name == "Pipfile" ||
         is_requirements_file(name);
}

void add_dependency(Declaration& declaration, std::string_view requirement, const std::string& file,
                    const std::string& group, DependencyKind kind, uint32_t line) {
  // pdm writes what is installed for development as pip's command line does.
  constexpr std::string_view kEditable = "-e ";
  if (requirement.starts_with(kEditable)) {
    requirement.remove_prefix(kEditable.size());
    add_local_project(declaration, requirement, std::string(file_name(file)));
  }
  std::string_view name = requirement_name(requirement);
  const size_t url = requirement.find("@ ");
  for (const std::string_view local : {"file:", "{root:uri}"}) {
    if (url == std::string_view::npos) break;
    const std::string_view target = trimmed(requirement.substr(url + 1));
    if (target.starts_with(local)) {
      add_local_project(declaration, target, std::string(file_name(file)));
    }
  }
  const size_t egg = requirement.find("#egg=");
  if (name.empty() && egg != std::string_view::npos) {
    name = requirement_name(requirement.substr(egg + 5));
  }
  if (name.empty()) return;
  declaration.project.dependencies.push_back({std::string(name), normalized_distribution_name(name),
                                              file, group, marker_of(requirement), kind, line});
  declaration.project.dependencies_known |= kind == DependencyKind::kProduct;
}

void add_root(Declaration& declaration, std::string_view relative, const std::string& why) {
  std::string path;
  if (path_in_tree(declaration, relative, path)) {
    add_distinct(declaration.project.roots, {path, why});
  }
}

void add_package_folder(Declaration& declaration, std::string_view relative,
                        const std::string& why) {
  std::string path;
  if (!path_in_tree(declaration, relative, path)) return;
  if (path == declaration.project.folder) {
    add_distinct(declaration.project.roots, {path, why});
    return;
  }
  add_distinct(declaration.project.roots, {std::string(parent_path(path)), why});
  declaration.package_folders.push_back(std::move(path));
}

void add_package_dir(Declaration& declaration, std::string_view package, std::string_view relative,
                     const std::string& why) {
  if (package.empty()) return add_root(declaration, relative, why);
  std::string path;
  if (!path_in_tree(declaration, relative, path)) return;
  // `{"shop.core" = "lib/shop/core"}` says no more than that lib is a root.
  std::string_view parent = path;
  std::string_view name = package;
  while (!name.empty() && file_name(parent) == name.substr(name.rfind('.') + 1)) {
    parent = parent_path(parent);
    const size_t dot = name.rfind('.');
    name = dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
  }
  if (!name.empty()) {
    declaration.project.mapped_packages.push_back({std::string(package), std::move(path), why});
    return;
  }
  add_distinct(declaration.project.roots, {std::string(parent), why});
  declaration.package_folders.push_back(std::move(path));
}

void add_local_project(Declaration& declaration, std::string_view relative,
                       const std::string& why) {
  for (const std::string_view scheme : {"file://", "file:"}) {
    if (relative.starts_with(scheme)) relative.remove_prefix(scheme.size());
  }
  // pdm's and hatch's words for the project's own folder.
  for (const std::string_view own : {"/${PROJECT_ROOT}/", "${PROJECT_ROOT}/", "{root:uri}/"}) {
    if (relative.starts_with(own)) relative.remove_prefix(own.size());
  }
  relative = relative.substr(0, relative.find_first_of("#;"));
  relative = trimmed(relative.substr(0, relative.find('[')));
  if (relative.empty()) return;
  declaration.local_projects.push_back(
      {normalize_path(join_path(declaration.project.folder, relative)), why});
}

void add_test_path(Declaration& declaration, std::string_view relative, const std::string& why) {
  std::string path;
  if (path_in_tree(declaration, relative, path)) add_distinct(declaration.test_paths, {path, why});
}

void add_requirement_file(Declaration& declaration, std::string_view relative,
                          const std::string& group, DependencyKind kind) {
  std::string path;
  if (path_in_tree(declaration, relative, path)) {
    declaration.requirement_files.push_back({std::move(path), group, kind});
  }
}

namespace {

/// The files that it names are added to those of the declaration.
void read_requirements(const std::string& text, const RequirementFile& of,
                       Declaration& declaration) {
  const auto& [file, group, kind] = of;
  uint32_t number = 0;
  for (std::string_view line : split_lines(text)) {
    ++number;
    line = trimmed(line);
    for (const std::string_view option : {"-e ", "--editable ", "--editable="}) {
      if (line.starts_with(option)) line = trimmed(line.substr(option.size()));
    }
    for (const std::string_view option : {"-r", "--requirement"}) {
      if (!line.starts_with(option)) continue;
      std::string_view named = line.substr(option.size());
      named = trimmed(named.substr(0, named.find('#')));
      if (named.starts_with('=')) named = trimmed(named.substr(1));
      const std::string path = normalize_path(join_path(parent_path(file), named));
      if (!path.starts_with("../")) declaration.requirement_files.push_back({path, group, kind});
    }
    if (line.starts_with('-') || line.starts_with('#')) continue;
    if (line.starts_with('.') || line.starts_with('/') || line.starts_with("file:")) {
      add_local_project(declaration, line, std::string(file_name(file)));
      continue;
    }
    add_dependency(declaration, line, file, group, kind, number);
  }
}

DependencyKind kind_of_group(std::string_view group) {
  return is_development_group(group) ? DependencyKind::kDevelopment : DependencyKind::kProduct;
}

/// `requirements/test.txt`, `requirements/extras/redis.txt` and their like, by their names.
void add_folder_of_requirements(const FileSystem& files, const std::string& tree_root,
                                const std::string& folder, Declaration& declaration) {
  const auto listing =
      files.list(join_path(join_path(tree_root, declaration.project.folder), folder));
  if (!listing) return;
  std::vector<std::string> names;
  for (const DirectoryEntry& entry : *listing) names.push_back(entry.name);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    if (!name.ends_with(".txt") || name.starts_with("constraints")) continue;
    const std::string group = name.substr(0, name.size() - 4);
    const DependencyKind kind =
        file_name(folder) == "extras" ? DependencyKind::kExtra : kind_of_group(group);
    add_requirement_file(declaration, join_path(folder, name), group, kind);
  }
  if (folder == "requirements" && std::binary_search(names.begin(), names.end(), "extras")) {
    add_folder_of_requirements(files, tree_root, join_path(folder, "extras"), declaration);
  }
}

void read_requirement_files(const FileSystem& files, const std::string& tree_root,
                            Declaration& declaration) {
  std::set<std::string> seen;
  for (size_t i = 0; i < declaration.requirement_files.size(); ++i) {
    const RequirementFile file = declaration.requirement_files[i];
    if (!seen.insert(file.path).second) continue;
    const auto text = files.read(join_path(tree_root, file.path), kMaxProjectFileBytes);
    if (text) {
      read_requirements(*text, file, declaration);
    } else if (files.is_file(join_path(tree_root, file.path))) {
      declaration.notes.push_back(file.path + " cannot be read: " + text.error().detail);
    }
  }
}

}  // namespace

void read_pytest_ini(const std::string& text, const std::string& /*file*/,
                     Declaration& declaration) {
  const IniFile ini = parse_ini(text);
  for (const std::string_view path : split_trimmed(ini_value(ini, "pytest", "pythonpath"), ' ')) {
    add_test_path(declaration, path, "pytest.ini: pythonpath");
  }
}

Declaration read_declaration(const FileSystem& files, const std::string& tree_root,
                             const std::string& folder, const std::vector<std::string>& names) {
  Declaration declaration;
  declaration.project.folder = folder;
  const auto read = [&](const std::string& name, auto&& reader) {
    const std::string file = join_path(folder, name);
    const auto text = files.read(join_path(tree_root, file), kMaxProjectFileBytes);
    if (text) {
      reader(*text, file, declaration);
    } else {
      declaration.notes.push_back(file + " cannot be read: " + text.error().detail);
    }
  };
  const auto has = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  // pyproject.toml first: what it says wins over setup.cfg.
  if (has("pyproject.toml")) read("pyproject.toml", read_pyproject);
  if (has("setup.cfg")) read("setup.cfg", read_setup_cfg);
  if (has("setup.py")) read("setup.py", read_setup_py);
  for (const std::string& builder : declaration.cffi_builders) {
    const std::string path = join_path(join_path(tree_root, folder), builder);
    if (const auto text = files.read(path, kMaxProjectFileBytes)) {
      read_cffi_builder(*text, declaration);
    }
  }
  if (has("Pipfile")) read("Pipfile", read_pipfile);
  if (has("pytest.ini")) read("pytest.ini", read_pytest_ini);
  for (const std::string& name : names) {
    const std::string group = is_requirements_file(name) ? group_of_requirements(name) : "";
    if (is_requirements_file(name)) {
      add_requirement_file(declaration, name, group, kind_of_group(group));
    }
  }
  add_folder_of_requirements(files, tree_root, "requirements", declaration);
  read_requirement_files(files, tree_root, declaration);
  const bool has_sources = has("pyproject.toml") || has("setup.cfg") || has("setup.py");
  for (const std::string& name : names) {
    if (has_sources || !name.ends_with(".dist-info")) continue;
    declaration.project.is_unpacked_distribution = true;
    const std::string file = join_path(folder, name);
    read_unpacked_distribution(files, join_path(tree_root, file), file, declaration);
  }
  return declaration;
}

}  // namespace headwater::project
