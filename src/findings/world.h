#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/distribution_index.h"
#include "model/entry_paths.h"
#include "model/named_string.h"
#include "model/project_environments.h"
#include "model/project_layout.h"
#include "model/python_environment.h"
#include "model/resolved_tree.h"
#include "model/scanned_tree.h"
#include "model/source_tree.h"

namespace headwater::findings {

/// The stages' outputs together with the look-ups that judging needs. The outputs must outlive it;
/// thread safe once built. Where projects have environments of their own, what is asked of a file
/// is asked of in(file).
class World {
 public:
  World(const SourceTree& tree, const ScannedTree& scanned, const ProjectLayout& layout,
        const EntryPaths& entry_paths, const PythonEnvironment& environment,
        const ProjectEnvironments& project_environments, const ResolvedTree& resolved,
        const std::vector<NamedString>& strings);

  /// The world as files in the environment of this number see it, by environment_of(): the same but
  /// for `environment` and what is installed. To be asked of the main one.
  const World& of_environment(uint32_t number) const {
    return number == 0 ? *this : *others_[number - 1];
  }
  /// As the file, a path relative to the repository, sees it.
  const World& in(std::string_view path) const {
    return of_environment(environment_of(project_environments, path));
  }
  /// The number of worlds: of_environment() takes those below it.
  uint32_t environment_count() const { return static_cast<uint32_t>(others_.size()) + 1; }

  /// The first-party files whose module is called `name` or ends in `.name`, by path.
  std::vector<uint32_t> files_named(std::string_view last_part) const;
  /// Whether `file` binds `name` at module level in some way.
  bool binds(uint32_t file, std::string_view name) const;
  /// The line where `file` first binds `name`; 0 if it does not.
  uint32_t line_of(uint32_t file, std::string_view name) const;
  /// Where the module `name` was found by some import, or nullptr.
  const Module* module(std::string_view name) const;
  /// The project that `path` (relative to the repository) belongs to: the longest folder that
  /// contains it.
  const Project& project_of(std::string_view path) const;
  /// What is declared, not installed, and called after a module that others' package of its first
  /// name does not have: Paste or paste-script for paste.script. nullptr: nothing.
  const DeclaredDependency* declared_beside(std::string_view dotted, const Project& project) const;
  /// The distribution that would provide the module, by its top-level name, in the words of the
  /// declaration if there is one; `declared_in` gets the file that declares it, or is empty.
  std::string distribution_for(std::string_view dotted, const Project& project,
                               std::string& declared_in) const;
  /// The same for a distribution: its name in the words of the declaration.
  std::string declared_name(std::string_view distribution, const Project& project,
                            std::string& declared_in) const;
  /// Whether a first-party module or a part of one has this top-level name.
  bool is_first_party(std::string_view top_level) const;
  /// All such names, in no order.
  const std::unordered_set<std::string_view>& first_party() const { return first_party_; }
  /// Whether the standard library's module has no such name in any build for the environment's
  /// Python.
  bool lacks_in_library(std::string_view module, std::string_view name) const;

  const SourceTree& tree;
  const ScannedTree& scanned;
  const ProjectLayout& layout;
  const EntryPaths& entry_paths;
  const PythonEnvironment& environment;
  const uint32_t environment_number;
  const ProjectEnvironments& project_environments;
  const ResolvedTree& resolved;
  const std::vector<NamedString>& strings;  // those that ResolvedTree::strings are of
  const DistributionIndex installed;

 private:
  World(const World& main, uint32_t number);
  void index();
  bool is_installed(const DeclaredDependency& declared) const;
  /// What the project declares by a name that is longer than the module's, and has not installed:
  /// `acme-tools` brings a part of `acme`, of which it names most of what is asked for,
  /// `django-acme` says whom it is for, and `djangorestframework-acme` may be
  /// `rest_framework_acme`.
  const DeclaredDependency* declared_after(std::string_view dotted, const Project& project) const;
  /// The declaration of the first of these normalized names that has one; the project's own first.
  const DeclaredDependency* declared_as(std::span<const std::string> wanted,
                                        const Project& project) const;
  /// Whether it is installed in another environment than this one.
  bool is_foreign(const Module& module) const;

  std::vector<std::unique_ptr<const World>> others_;  // the main one's
  /// The first file of a last part, and by file the next one; UINT32_MAX: none.
  std::unordered_map<std::string_view, uint32_t> first_named_;
  std::vector<uint32_t> next_named_;
  std::unordered_set<std::string_view> first_party_;
  std::unordered_map<std::string_view, const Project*> projects_;  // by folder
  /// By normalized name: the declarations of it, in the order of the projects.
  struct Declared {
    const Project* project;
    const DeclaredDependency* dependency;
  };
  std::unordered_map<std::string_view, std::vector<Declared>> declared_;
};

/// An installed file as reports name it: `{env}/numcore/__init__.py`, by its site folder; one of a
/// project's own environment by its path in the repository.
std::string seen_in_environment(const World& world, const std::string& path);

/// `a` of `a.b.c`, and `c`.
std::string_view first_part(std::string_view dotted);
std::string_view last_part(std::string_view dotted);

}  // namespace headwater::findings
