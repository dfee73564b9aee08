#include "pipeline/environments.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/hash.h"
#include "base/paths.h"
#include "environment/environment.h"
#include "model/stored.h"
#include "pipeline/environment_key.h"
#include "pipeline/environment_variables.h"
#include "pipeline/kept_world.h"
#include "resolve/branches.h"
#include "resolve/merge.h"
#include "resolve/resolve.h"
#include "scan/python/class_outlines.h"
#include "scan/python/scanner.h"

namespace headwater::pipeline {
namespace {

/// The configuration's environment: `none`, or a path that is relative to the repository.
std::string in_repository(const std::string& root, const std::string& environment) {
  return environment == "none" || environment == "lock" ? environment
                                                        : join_path(root, environment);
}

/// The nearest folder upward that git manages; without one, the root itself.
std::string repository_of(const FileSystem& files, const std::string& root) {
  for (std::string folder = root; folder.size() > 1; folder = parent_path(folder)) {
    if (files.status(join_path(folder, ".git"))) return folder;
  }
  return root;
}

/// The first parts of all names that the tree imports, by statements or strings.
std::unordered_set<std::string> imported_names(const ScannedTree& scanned,
                                               const std::vector<NamedString>& strings) {
  std::unordered_set<std::string_view> names;
  const auto add = [&](std::string_view dotted) {
    // A string may go on behind a colon: `shop:main`.
    if (!dotted.empty()) names.insert(dotted.substr(0, dotted.find_first_of(".:")));
  };
  for (const FileFacts& facts : scanned.facts) {
    for (const Import& import : facts.imports()) {
      if (import.level == 0) add(facts.name(import.module));
    }
    for (const StringReference& reference : facts.string_references()) {
      add(facts.name(reference.module));
    }
  }
  for (const NamedString& string : strings) add(string.name);
  std::unordered_set<std::string> all;
  for (const std::string_view name : names) all.emplace(name);
  return all;
}

/// What holds of all environments.
environment::EnvironmentOptions common_options(const FileSystem& files, const AuditOptions& options,
                                               const StageOutputs& made, bool compare_all) {
  environment::EnvironmentOptions environment;
  environment.repository_root = repository_of(files, made.root);
  environment.compare_all = compare_all;
  environment.imported = [&made] { return imported_names(made.scanned, made.strings); };
  for (const Project& project : made.layout.projects) {
    for (const DeclaredDependency& dependency : project.dependencies) {
      environment.declared.push_back(dependency.normalized_name);
    }
  }
  environment.python_version =
      options.python_version ? options.python_version : made.configuration.python_version;
  return environment;
}

Result<PythonEnvironment> main_environment(const FileSystem& files, const AuditOptions& options,
                                           const StageOutputs& made,
                                           environment::EnvironmentOptions environment) {
  environment.env = options.environment;
  if (options.environment.empty() && !made.configuration.environment.empty()) {
    environment.env = in_repository(made.root, made.configuration.environment);
  }
  EnvironmentVariables variables = environment_variables();
  environment.virtual_env = std::move(variables.virtual_env);
  environment.conda_prefix = std::move(variables.conda_prefix);
  environment.stores = std::move(variables.stores);
  environment.project_name = made.layout.projects.front().name;
  environment.audited_folder = made.root;
  environment.environments_found = made.tree.environments;
  environment.sites = options.sites;
  environment.standard_library = options.standard_library;
  environment.requires_python = made.layout.projects.front().requires_python;
  return environment::read_environment(files, environment);
}

/// So many environments are read: a tree of test data may have hundreds.
constexpr size_t kMostEnvironments = 64;

/// The folders below the tree's own that have an environment, with its name: `.venv` before `venv`
/// before any other, which takes a project.
std::map<std::string, std::string> folders_with_environments(const StageOutputs& made) {
  std::map<std::string, std::string> found;
  const auto rank = [](std::string_view name) {
    return name == ".venv" ? 0 : name == "venv" ? 1 : 2;
  };
  for (const std::string& path : made.tree.environments) {
    const std::string folder(parent_path(path));
    const std::string name(file_name(path));
    const bool is_project =
        std::ranges::binary_search(made.layout.projects, folder, {}, &Project::folder);
    if (folder.empty() || (rank(name) == 2 && !is_project)) continue;
    const auto [known, is_new] = found.emplace(folder, name);
    if (!is_new && rank(name) < rank(known->second)) known->second = name;
  }
  return found;
}

void add_project_environments(const FileSystem& files,
                              const environment::EnvironmentOptions& common, StageOutputs& made) {
  const auto folders = folders_with_environments(made);
  for (const auto& [folder, name] : folders) {
    environment::EnvironmentOptions options = common;
    options.audited_folder = join_path(made.root, folder);
    const std::string prefix = join_path(options.audited_folder, name);
    if (prefix == made.environment.prefix) continue;
    options.environments_found = {name};
    const uint32_t project = project_of(made.layout, join_path(folder, name));
    options.requires_python = made.layout.projects[project].requires_python;
    if (made.project_environments.size() == kMostEnvironments) {
      made.environment.notes.push_back(
          fmt::format("of {} folders with an environment of their own, the first {} are judged by "
                      "it: give one of the others alone to audit it",
                      folders.size(), kMostEnvironments));
      return;
    }
    auto read = environment::read_environment(files, options);
    if (!read) {
      made.environment.notes.push_back(prefix + " is passed over: " + read.error().detail);
      continue;
    }
    made.project_environments.push_back({folder, *std::move(read)});
  }
}

/// Of what lies outside of the tree.
std::function<FileFacts(std::string_view)> scanner(KnownFacts* known) {
  if (!known) return scan::scan_python;
  return [known](std::string_view text) {
    const SourceContent content{{}, hash_of(text), text.size()};
    if (auto found = known->find(content)) return std::move(*found);
    FileFacts facts = scan::scan_python(text);
    known->add(content, facts);
    return facts;
  };
}

/// Whatever resolving depends on that does not follow from the disk and the configuration alone.
uint64_t resolving_key(const StageOutputs& made) {
  ByteWriter text;
  text.put(made.entry_paths);
  text.put(environment_key(made.environment));
  return hash_of(std::move(text).take());
}

/// What the last run resolved, brought up to date; nothing where that is not enough.
std::optional<ResolvedTree> resolved_again(const FileSystem& files,
                                           const resolve::ResolveOptions& resolving,
                                           StageOutputs& made, Worlds& worlds) {
  KeptResolving& kept = worlds.last->resolving;
  if (!kept.trace.is_whole || kept.key != worlds.key) return std::nullopt;
  auto again = resolve::resolve_again(files, made.tree, made.scanned, made.layout, made.entry_paths,
                                      made.environment, resolving, std::move(kept.resolved),
                                      std::move(kept.trace), worlds.changed_files);
  worlds.is_patched = again.has_value();
  return again;
}

ResolvedTree resolved_alone(const FileSystem& files, const AuditOptions& options,
                            StageOutputs& made) {
  const resolve::ResolveOptions resolving{options.standard_library_first,
                                          made.configuration.known_modules,
                                          scanner(options.known),
                                          {},
                                          made.strings,
                                          scan::class_outlines};
  Worlds* const worlds = options.worlds;
  if (worlds == nullptr) {
    return resolve::resolve(files, made.tree, made.scanned, made.layout, made.entry_paths,
                            made.environment, resolving);
  }
  worlds->key = resolving_key(made);
  if (worlds->last) {
    if (auto again = resolved_again(files, resolving, made, *worlds)) return *std::move(again);
  }
  return resolve::resolve(files, made.tree, made.scanned, made.layout, made.entry_paths,
                          made.environment, resolving, &worlds->trace);
}

const PythonEnvironment& numbered(const StageOutputs& made, uint32_t number) {
  return number == 0 ? made.environment : made.project_environments[number - 1].environment;
}

/// Of each string what it leads to in the environment of its viewer.
std::vector<StringTarget> own_targets(const std::vector<NamedString>& strings,
                                      const std::vector<uint32_t>& of_file,
                                      std::vector<ResolvedTree>& parts) {
  std::vector<StringTarget> targets(strings.size());
  for (size_t i = 0; i < strings.size(); ++i) {
    const uint32_t viewer = strings[i].viewer;
    if (viewer != UINT32_MAX) targets[i] = std::move(parts[of_file[viewer]].strings[i]);
  }
  return targets;
}

}  // namespace

Result<void> find_environments(const FileSystem& files, const AuditOptions& options,
                               StageOutputs& made, bool compare_all) {
  const environment::EnvironmentOptions common = common_options(files, options, made, compare_all);
  auto main = main_environment(files, options, made, common);
  if (!main) return tl::unexpected(main.error());
  made.environment = std::move(*main);
  const bool is_given = !options.environment.empty() || !made.configuration.environment.empty() ||
                        !options.sites.empty() || !options.standard_library.empty();
  if (!is_given) add_project_environments(files, common, made);
  return {};
}

ResolvedTree resolve_in_environments(const FileSystem& files, const AuditOptions& options,
                                     StageOutputs& made) {
  const auto count = static_cast<uint32_t>(made.project_environments.size()) + 1;
  std::vector<uint32_t> of_file(made.tree.files.size());
  tbb::parallel_for(size_t{0}, of_file.size(), [&](size_t file) {
    of_file[file] = environment_of(made.project_environments, made.tree.files[file].path);
    resolve::decide_branches(made.scanned.facts[file], numbered(made, of_file[file]));
  });
  if (count == 1) return resolved_alone(files, options, made);
  std::vector<ResolvedTree> parts;
  for (uint32_t number = 0; number < count; ++number) {
    std::vector<bool> judged;
    for (const uint32_t of : of_file) judged.push_back(of == number);
    parts.push_back(resolve::resolve(
        files, made.tree, made.scanned, made.layout, made.entry_paths, numbered(made, number),
        {options.standard_library_first, made.configuration.known_modules, scanner(options.known),
         std::move(judged), made.strings, scan::class_outlines}));
  }
  std::vector<StringTarget> targets = own_targets(made.strings, of_file, parts);
  ResolvedTree all = resolve::merged(std::move(parts), of_file);
  all.strings = std::move(targets);
  return all;
}

}  // namespace headwater::pipeline
