#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/project_layout.h"

namespace headwater::project {

/// A project on the disk that another one depends on.
struct LocalProject {
  std::string folder;
  std::string why;  // as SourceRoot has it
};

/// A file of requirements that another file names, relative to the tree.
struct RequirementFile {
  std::string path;
  std::string group;
  DependencyKind kind;
};

/// What the files of one project say. Paths are relative to the tree.
struct Declaration {
  Project project;  // `roots` only those that a file names
  /// Folders of packages that a file names: a part of one is no root.
  std::vector<std::string> package_folders;
  /// Folders that pytest puts on the path.
  std::vector<SourceRoot> test_paths;
  /// Folders of projects that this one needs by path: relative to the tree, or absolute if they lie
  /// outside.
  std::vector<LocalProject> local_projects;
  /// Patterns of uv's workspace, relative to the project's folder.
  std::vector<std::string> workspace_members;
  std::vector<std::string> workspace_exclude;
  bool builds_extensions = false;          // modules of Cython, C or other languages
  std::vector<std::string> cffi_builders;  // scripts, relative to the project's folder
  std::string extension_package;           // that holds what setup.py names, with its dot
  std::vector<RequirementFile> requirement_files;
  std::vector<std::string> notes;
};

/// Reads the project files that lie in `folder` (relative to `tree_root`) by the names of a
/// listing.
Declaration read_declaration(const FileSystem& files, const std::string& tree_root,
                             const std::string& folder, const std::vector<std::string>& names);

/// Whether a file or folder of this name makes its folder a project.
bool is_project_marker(std::string_view name);

/// Whether read_declaration takes the file into account.
bool is_project_file(std::string_view name);

// One reader per kind of file. Each adds to `declaration`.
void read_pyproject(const std::string& text, const std::string& file, Declaration& declaration);
void read_setup_cfg(const std::string& text, const std::string& file, Declaration& declaration);
void read_setup_py(const std::string& text, const std::string& file, Declaration& declaration);
void read_pipfile(const std::string& text, const std::string& file, Declaration& declaration);
void read_pytest_ini(const std::string& text, const std::string& file, Declaration& declaration);

// What the readers share.
void add_dependency(Declaration& declaration, std::string_view requirement, const std::string& file,
                    const std::string& group, DependencyKind kind = DependencyKind::kProduct,
                    uint32_t line = 0);
/// `relative` to the project's folder.
void add_requirement_file(Declaration& declaration, std::string_view relative,
                          const std::string& group, DependencyKind kind);
/// `relative` to the project's folder; `why` as SourceRoot has it. Left out if it leaves the tree.
void add_root(Declaration& declaration, std::string_view relative, const std::string& why);
/// A package's folder, as `src/shop`: its parent is the root.
void add_package_folder(Declaration& declaration, std::string_view relative,
                        const std::string& why);
/// `package` lies in the folder `relative`; "" stands for all packages.
void add_package_dir(Declaration& declaration, std::string_view package, std::string_view relative,
                     const std::string& why);
/// `relative` to the project's folder, or a `file:` URL; what names a file is no project.
void add_local_project(Declaration& declaration, std::string_view relative, const std::string& why);
void add_test_path(Declaration& declaration, std::string_view relative, const std::string& why);

}  // namespace headwater::project
