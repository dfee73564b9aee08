#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headwater {

/// A folder that is on the search path of first-party code.
struct SourceRoot {
  std::string path;  // relative to the repository, "" for the repository itself; absolute if it
                     // lies outside
  std::string
      why;  // "pyproject.toml: tool.setuptools.packages.find", "src layout", "folder of packages"
};

/// A package or module whose folder is not called as it is imported: setuptools' package-dir,
/// hatch's sources. It stands for itself below its name, wherever it lies.
struct MappedPackage {
  std::string name;    // dotted
  std::string folder;  // relative to the repository
  std::string why;     // as SourceRoot has it
};

/// Who needs a declared requirement.
enum class DependencyKind : uint8_t { kProduct, kExtra, kDevelopment, kBuild };

/// A requirement that a project declares.
struct DeclaredDependency {
  std::string name;             // as written
  std::string normalized_name;  // PEP 503
  std::string file;             // relative to the repository
  std::string group;            // "" for the product, else the extra's or group's name
  std::string marker;           // PEP 508, what follows `;`, or empty
  DependencyKind kind = DependencyKind::kProduct;
  uint32_t line = 0;  // of `file`, 1-based; 0: not known
};

/// One project of the repository: a folder with a pyproject.toml, setup.cfg or setup.py; or the
/// repository.
struct Project {
  std::string folder;  // relative to the repository, "" for the repository itself
  std::string name;    // as declared, or empty
  std::string build_backend;
  std::string requires_python;
  bool is_unpacked_distribution = false;  // a wheel's content: no sources of a project
  std::vector<SourceRoot> roots;          // in search order
  std::vector<MappedPackage> mapped_packages;
  /// Into ProjectLayout::roots: its own ones, then those of the projects in the repository that it
  /// needs by path, workspace or name, nearest first. Its files look there before anywhere else.
  std::vector<uint32_t> search_roots;
  std::vector<DeclaredDependency> dependencies;
  bool dependencies_known = false;  // the product's: not where code or another file makes them
  /// Files that a build makes, relative to the repository: setuptools_scm's and hatch-vcs's version
  /// files; of Cython's and C's sources beside packages the extensions, as `.so` without a tag.
  std::vector<std::string> generated_files;
  /// Extension modules that build files name: dotted, or `.name` where they do not say in which
  /// package.
  std::vector<std::string> generated_modules;
};

/// What the repository says about where its code lies.
struct ProjectLayout {
  std::vector<Project> projects;  // sorted by folder; never empty
  /// All roots in search order, distinct. A module's canonical name is by the longest root that
  /// contains it.
  std::vector<SourceRoot> roots;
  std::string why;  // a clause for people: "from pyproject.toml", "from the layout: 2 folders hold
                    // packages"
  std::vector<std::string> notes;  // one line each: what could not be read or understood
  bool explicit_roots =
      false;  // --root: the same order for every file; else a file's own root comes first
};

/// Into `layout.projects`: the innermost one that holds `file`, a path relative to the repository.
uint32_t project_of(const ProjectLayout& layout, std::string_view file);

}  // namespace headwater
