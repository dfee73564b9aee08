#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/paths.h"
#include "model/requirement.h"
#include "project/declaration.h"
#include "project/extensions.h"

namespace headwater::project {
namespace {

std::string text_at(const toml::table& table, std::string_view path) {
  return table.at_path(path).value_or(std::string());
}

/// Calls `visit` for each string of an array, or for a single string where tools allow both.
template <typename Visit>
void for_each_string(const toml::node_view<const toml::node>& node, Visit&& visit) {
  if (const auto single = node.value<std::string>()) visit(*single);
  const toml::array* array = node.as_array();
  if (array == nullptr) return;
  for (const toml::node& element : *array) {
    if (const auto text = element.value<std::string>()) visit(*text);
  }
}

template <typename Visit>
void for_each_entry(const toml::node_view<const toml::node>& node, Visit&& visit) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return;
  for (const auto& [key, value] : *table) visit(std::string(key.str()), value);
}

void read_setuptools_roots(const toml::table& file, Declaration& declaration) {
  for_each_entry(file.at_path("tool.setuptools.package-dir"),
                 [&](const std::string& package, const toml::node& value) {
                   const auto folder = value.value<std::string>();
                   const std::string why = "pyproject.toml: tool.setuptools.package-dir";
                   if (folder) add_package_dir(declaration, package, *folder, why);
                 });
  for_each_string(file.at_path("tool.setuptools.packages.find.where"), [&](const auto& where) {
    add_root(declaration, where, "pyproject.toml: tool.setuptools.packages.find");
  });
  if (declaration.project.roots.empty() && file.at_path("tool.setuptools.py-modules").is_array()) {
    add_root(declaration, "", "pyproject.toml: tool.setuptools.py-modules");
  }
}

/// Whether an import could name it: no data file, no folder of one.
bool is_package_path(std::string_view path) {
  return std::all_of(path.begin(), path.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '/';
  });
}

void read_hatch_roots(const toml::table& file, Declaration& declaration) {
  for (const char* place : {"tool.hatch.build.targets.wheel", "tool.hatch.build"}) {
    const auto target = file.at_path(place);
    const std::string prefix = std::string("pyproject.toml: ") + place;
    for_each_string(target["sources"],
                    [&](const auto& root) { add_root(declaration, root, prefix + ".sources"); });
    for_each_entry(target["sources"], [&](const std::string& from, const toml::node& to) {
      // {"src/shop" = "shop"}: the folder, and what it is called in the wheel.
      std::string name = normalize_path(to.value_or(std::string()));
      std::replace(name.begin(), name.end(), '/', '.');
      add_package_dir(declaration, name, from, prefix + ".sources");
    });
    if (!declaration.project.roots.empty()) continue;
    for_each_entry(target["force-include"], [&](const std::string& from, const toml::node& to) {
      std::string name = normalize_path(to.value_or(std::string()));
      if (name.empty() || !is_package_path(name)) return;
      std::replace(name.begin(), name.end(), '/', '.');
      add_package_dir(declaration, name, from, prefix + ".force-include");
    });
    if (!declaration.project.roots.empty()) continue;
    for_each_string(target["packages"], [&](const auto& package) {
      add_package_folder(declaration, package, prefix + ".packages");
    });
  }
  if (!declaration.project.roots.empty()) return;
  for_each_string(file.at_path("tool.hatch.build.dev-mode-dirs"), [&](const auto& folder) {
    add_root(declaration, folder, "pyproject.toml: tool.hatch.build.dev-mode-dirs");
  });
}

void read_poetry_roots(const toml::table& file, Declaration& declaration) {
  const toml::array* packages = file.at_path("tool.poetry.packages").as_array();
  if (packages == nullptr) return;
  for (const toml::node& package : *packages) {
    const toml::table* entry = package.as_table();
    if (entry == nullptr) continue;
    const std::string from = text_at(*entry, "from");
    const std::string include = text_at(*entry, "include");
    const std::string to = text_at(*entry, "to");
    if (!to.empty()) {
      // The package is moved into another one in the wheel only.
      std::string name = normalize_path(join_path(to, include));
      std::replace(name.begin(), name.end(), '/', '.');
      add_package_dir(declaration, name, join_path(from, include),
                      "pyproject.toml: tool.poetry.packages");
      continue;
    }
    add_root(declaration, from, "pyproject.toml: tool.poetry.packages");
    if (!include.empty() && include.find('*') == std::string::npos) {
      declaration.package_folders.push_back(
          normalize_path(join_path(join_path(declaration.project.folder, from), include)));
    }
  }
}

/// Back-ends that name one folder of packages.
void read_folder_keys(const toml::table& file, Declaration& declaration) {
  for (const char* key : {"tool.pdm.build.package-dir", "tool.pdm.package-dir",
                          "tool.maturin.python-source", "tool.uv.build-backend.module-root"}) {
    const auto folder = file.at_path(key).value<std::string>();
    if (folder) add_root(declaration, *folder, std::string("pyproject.toml: ") + key);
  }
  const std::string packages = "tool.scikit-build.wheel.packages";
  for_each_string(file.at_path(packages), [&](const auto& package) {
    add_package_folder(declaration, package, "pyproject.toml: " + packages);
  });
  for_each_entry(file.at_path(packages), [&](std::string name, const toml::node& folder) {
    std::replace(name.begin(), name.end(), '/', '.');
    add_package_dir(declaration, name, folder.value_or(std::string()),
                    "pyproject.toml: " + packages);
  });
}

/// `X = {path = "../x"}`, or a list of such tables with a marker each.
void read_sources(const toml::node_view<const toml::node>& table, const std::string& why,
                  Declaration& declaration) {
  const auto read = [&](const toml::node& node) {
    const toml::table* source = node.as_table();
    const std::string path = source == nullptr ? "" : text_at(*source, "path");
    if (!path.empty()) add_local_project(declaration, path, why);
  };
  for_each_entry(table, [&](const std::string&, const toml::node& value) {
    read(value);
    if (const toml::array* alternatives = value.as_array()) {
      for (const toml::node& alternative : *alternatives) read(alternative);
    }
  });
}

void read_local_projects(const toml::table& file, Declaration& declaration) {
  for (const char* table :
       {"tool.uv.sources", "tool.poetry.dependencies", "tool.poetry.dev-dependencies"}) {
    read_sources(file.at_path(table), std::string("pyproject.toml: ") + table, declaration);
  }
  for_each_entry(file.at_path("tool.poetry.group"),
                 [&](const std::string& group, const toml::node& value) {
                   const toml::table* table = value.as_table();
                   if (table == nullptr) return;
                   read_sources(table->at_path("dependencies"),
                                "pyproject.toml: tool.poetry.group." + group, declaration);
                 });
  for_each_string(file.at_path("tool.uv.workspace.members"),
                  [&](const auto& pattern) { declaration.workspace_members.push_back(pattern); });
  for_each_string(file.at_path("tool.uv.workspace.exclude"),
                  [&](const auto& pattern) { declaration.workspace_exclude.push_back(pattern); });
}

void read_poetry_dependencies(const toml::table& file, const std::string& path,
                              Declaration& declaration) {
  const auto add_all = [&](const toml::node_view<const toml::node>& table, const std::string& group,
                           DependencyKind kind) {
    for_each_entry(table, [&](const std::string& name, const toml::node& value) {
      const toml::table* const details = value.as_table();
      const bool is_optional = details && (*details)["optional"].value_or(false);
      if (name == "python") return;
      add_dependency(declaration, name, path, group, is_optional ? DependencyKind::kExtra : kind,
                     value.source().begin.line);
    });
  };
  add_all(file.at_path("tool.poetry.dependencies"), "", DependencyKind::kProduct);
  add_all(file.at_path("tool.poetry.dev-dependencies"), "dev", DependencyKind::kDevelopment);
  for_each_entry(file.at_path("tool.poetry.group"),
                 [&](const std::string& group, const toml::node& value) {
                   if (const toml::table* table = value.as_table()) {
                     add_all(table->at_path("dependencies"), group, DependencyKind::kDevelopment);
                   }
                 });
}

void read_dependencies(const toml::table& file, const std::string& path, Declaration& declaration) {
  using Kind = DependencyKind;
  const auto add_all = [&](const toml::node_view<const toml::node>& node, const std::string& group,
                           Kind kind) {
    const toml::array* const array = node.as_array();
    if (array == nullptr) return;
    for (const toml::node& element : *array) {
      const auto requirement = element.value<std::string>();
      if (!requirement) continue;
      add_dependency(declaration, *requirement, path, group, kind, element.source().begin.line);
    }
  };
  add_all(file.at_path("project.dependencies"), "", Kind::kProduct);
  constexpr std::pair<const char*, Kind> kTables[] = {
      {"project.optional-dependencies", Kind::kExtra},
      {"dependency-groups", Kind::kDevelopment},
      {"tool.pdm.dev-dependencies", Kind::kDevelopment}};
  for (const auto& [table, kind] : kTables) {
    for_each_entry(file.at_path(table), [&](const std::string& group, const toml::node& value) {
      add_all(toml::node_view<const toml::node>(value), group, kind);
    });
  }
  add_all(file.at_path("tool.uv.dev-dependencies"), "dev", Kind::kDevelopment);
  for_each_entry(file.at_path("tool.hatch.envs"),
                 [&](const std::string& name, const toml::node& value) {
                   const toml::node_view<const toml::node> environment(value);
                   for (const char* key : {"dependencies", "extra-dependencies"}) {
                     add_all(environment[key], name, Kind::kDevelopment);
                   }
                 });
  add_all(file.at_path("build-system.requires"), "build-system", Kind::kBuild);
  read_poetry_dependencies(file, path, declaration);
  for_each_string(file.at_path("tool.setuptools.dynamic.dependencies.file"), [&](const auto& name) {
    add_requirement_file(declaration, name, "", Kind::kProduct);
  });
  for_each_entry(file.at_path("tool.setuptools.dynamic.optional-dependencies"),
                 [&](const std::string& group, const toml::node& value) {
                   const toml::table* const table = value.as_table();
                   if (table == nullptr) return;
                   for_each_string(table->at_path("file"), [&](const auto& name) {
                     add_requirement_file(declaration, name, group, Kind::kExtra);
                   });
                 });
  bool is_dynamic = false;
  for_each_string(file.at_path("project.dynamic"),
                  [&](const auto& field) { is_dynamic |= field == "dependencies"; });
  if (!text_at(file, "project.name").empty() && !is_dynamic) {
    declaration.project.dependencies_known = true;
  }
}

void read_generated_files(const toml::table& file, Declaration& declaration) {
  for (const char* key : {"tool.setuptools_scm.write_to", "tool.setuptools_scm.version_file",
                          "tool.hatch.build.hooks.vcs.version-file"}) {
    const auto generated = file.at_path(key).value<std::string>();
    if (!generated) continue;
    declaration.project.generated_files.push_back(
        normalize_path(join_path(declaration.project.folder, *generated)));
  }
}

void read_extensions(const toml::table& file, Declaration& declaration) {
  std::vector<std::string>& modules = declaration.project.generated_modules;
  for_each_string(file.at_path("build-system.requires"), [&](const auto& requirement) {
    declaration.builds_extensions |= builds_extension_modules(requirement);
  });
  for (const auto& [list, key] : {std::pair{"tool.setuptools.ext-modules", "name"},
                                  {"tool.setuptools-rust.ext-modules", "target"}}) {
    const toml::array* const entries = file.at_path(list).as_array();
    if (entries == nullptr) continue;
    declaration.builds_extensions = true;
    for (const toml::node& entry : *entries) {
      const toml::table* const table = entry.as_table();
      const std::string name = table == nullptr ? "" : text_at(*table, key);
      if (!name.empty()) modules.push_back(name);
    }
  }
  if (declaration.project.build_backend != "maturin") return;
  std::string module = text_at(file, "tool.maturin.module-name");
  if (!module.empty()) return modules.push_back(std::move(module));
  // The library's name, which is the project's as a rule: alone, or in a package called so.
  module = declaration.project.name;
  std::ranges::replace(module, '-', '_');
  if (module.empty()) return;
  modules.push_back(module);
  modules.push_back(module + '.' + module);
}

void read_document(const toml::table& document, const std::string& path, Declaration& declaration) {
  Project& project = declaration.project;
  project.name = text_at(document, "project.name");
  if (project.name.empty()) project.name = text_at(document, "tool.poetry.name");
  project.requires_python = text_at(document, "project.requires-python");
  if (project.requires_python.empty()) {
    project.requires_python = text_at(document, "tool.poetry.dependencies.python");
  }
  project.build_backend = text_at(document, "build-system.build-backend");
  read_setuptools_roots(document, declaration);
  read_hatch_roots(document, declaration);
  read_poetry_roots(document, declaration);
  read_folder_keys(document, declaration);
  if (project.roots.empty() && project.build_backend == "uv_build") {
    add_root(declaration, "src", "pyproject.toml: the default of uv_build");
  }
  for_each_string(document.at_path("tool.pytest.ini_options.pythonpath"), [&](const auto& folder) {
    add_test_path(declaration, folder, "pyproject.toml: tool.pytest.ini_options.pythonpath");
  });
  read_dependencies(document, path, declaration);
  read_local_projects(document, declaration);
  read_generated_files(document, declaration);
  read_extensions(document, declaration);
}

}  // namespace

void read_pyproject(const std::string& text, const std::string& file, Declaration& declaration) {
  try {
    read_document(toml::parse(text, file), file, declaration);
  } catch (const toml::parse_error& error) {
    declaration.notes.push_back(file + ':' + std::to_string(error.source().begin.line) +
                                " is no TOML: " + std::string(error.description()) +
                                "; the project's layout is guessed");
  }
}

void read_pipfile(const std::string& text, const std::string& file, Declaration& declaration) {
  try {
    const toml::table document = toml::parse(text, file);
    for (const auto& [table, group] : {std::pair{"packages", ""}, {"dev-packages", "dev"}}) {
      read_sources(document.at_path(table), std::string("Pipfile: ") + table, declaration);
      for_each_entry(document.at_path(table), [&](const std::string& name, const toml::node&) {
        add_dependency(declaration, name, file, group,
                       *group == '\0' ? DependencyKind::kProduct : DependencyKind::kDevelopment);
      });
    }
  } catch (const toml::parse_error& error) {
    declaration.notes.push_back(file + ':' + std::to_string(error.source().begin.line) +
                                " is no TOML: " + std::string(error.description()));
  }
}

}  // namespace headwater::project
