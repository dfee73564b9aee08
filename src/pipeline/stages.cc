#include "pipeline/stages.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_set>

#include "base/free_memory.h"
#include "base/paths.h"
#include "environment/environment.h"
#include "project/entry_paths.h"
#include "project/layout.h"
#include "resolve/branches.h"
#include "resolve/resolve.h"
#include "scan/python/scanner.h"
#include "scan/scan_tree.h"
#include "walk/walker.h"

namespace headwater::pipeline {
namespace {

/// Absolute, without links; an error says what the path was given for.
Result<std::string> existing_folder(const FileSystem& files, const std::string& path,
                                    const std::string& what) {
  const auto real = files.real_path(path);
  if (!real) {
    return fail(real.error().code, path, "no such " + what + "; give a folder that exists");
  }
  if (!files.is_folder(*real)) {
    return fail(ErrorCode::kNotAFolder, path, "is no folder; give the folder that holds it");
  }
  return *real;
}

Result<std::vector<std::string>> existing_folders(const FileSystem& files,
                                                  const std::vector<std::string>& paths,
                                                  const std::string& what) {
  std::vector<std::string> found;
  for (const std::string& path : paths) {
    auto folder = existing_folder(files, path, what);
    if (!folder) return tl::unexpected(folder.error());
    found.push_back(std::move(*folder));
  }
  return found;
}

/// The options with every path that they name made absolute.
Result<AuditOptions> grounded(const FileSystem& files, AuditOptions options) {
  const auto ground = [&](std::vector<std::string>& paths, const char* what) -> Result<void> {
    auto found = existing_folders(files, paths, what);
    if (!found) return tl::unexpected(found.error());
    paths = std::move(*found);
    return {};
  };
  auto path = existing_folder(files, options.path, "folder");
  if (!path) return tl::unexpected(path.error());
  options.path = std::move(*path);
  if (auto ok = ground(options.roots, "root"); !ok) return tl::unexpected(ok.error());
  if (auto ok = ground(options.sites, "site folder"); !ok) return tl::unexpected(ok.error());
  if (auto ok = ground(options.standard_library, "standard library"); !ok) {
    return tl::unexpected(ok.error());
  }
  return options;
}

/// Sizes and times cost a call for each file, and only who prints the files themselves wants them.
Result<SourceTree> walked(const FileSystem& files, const AuditOptions& options,
                          const project::Configuration& configuration, Stage last) {
  walk::WalkOptions walk;
  walk.root = options.path;
  walk.with_status = last == Stage::kWalk;
  walk.respect_ignore_files = options.use_ignore_files;
  walk.excludes = configuration.exclude;
  walk.excludes.insert(walk.excludes.end(), options.exclude.begin(), options.exclude.end());
  return walk::walk(files, walk);
}

scan::ScanOptions scan_options(const AuditOptions& options, const StageOutputs& made,
                               Progress& progress) {
  scan::ScanOptions scan;
  scan.on_progress = [&progress](uint64_t done, uint64_t total) { progress.advance(done, total); };
  if (made.configuration.max_file_size) scan.max_file_size = *made.configuration.max_file_size;
  scan.strict = options.deep;
  if (options.max_file_size) scan.max_file_size = *options.max_file_size;
  return scan;
}

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
std::unordered_set<std::string> imported_names(const ScannedTree& scanned) {
  std::unordered_set<std::string_view> names;
  const auto add = [&](std::string_view dotted) {
    if (!dotted.empty()) names.insert(dotted.substr(0, dotted.find('.')));
  };
  for (const FileFacts& facts : scanned.facts) {
    for (const Import& import : facts.imports()) {
      if (import.level == 0) add(facts.name(import.module));
    }
    for (const StringReference& reference : facts.string_references()) {
      add(facts.name(reference.module));
    }
  }
  std::unordered_set<std::string> all;
  for (const std::string_view name : names) all.emplace(name);
  return all;
}

/// `compare_all`: compares all distributions with the disk, not only those that the tree imports.
Result<PythonEnvironment> environment_of(const FileSystem& files, const AuditOptions& options,
                                         const StageOutputs& made, bool compare_all) {
  const char* const virtual_env = std::getenv("VIRTUAL_ENV");
  const char* const conda_prefix = std::getenv("CONDA_PREFIX");
  environment::EnvironmentOptions environment;
  environment.env = options.environment;
  if (options.environment.empty() && !made.configuration.environment.empty()) {
    environment.env = in_repository(made.root, made.configuration.environment);
  }
  environment.virtual_env = virtual_env == nullptr ? "" : virtual_env;
  environment.repository_root = repository_of(files, made.root);
  environment.audited_folder = made.root;
  environment.environments_found = made.tree.environments;
  environment.conda_prefix = conda_prefix == nullptr ? "" : conda_prefix;
  environment.compare_all = compare_all;
  environment.imported = [&made] { return imported_names(made.scanned); };
  for (const Project& project : made.layout.projects) {
    for (const DeclaredDependency& dependency : project.dependencies) {
      environment.declared.push_back(dependency.normalized_name);
    }
  }
  environment.sites = options.sites;
  environment.standard_library = options.standard_library;
  environment.python_version =
      options.python_version ? options.python_version : made.configuration.python_version;
  environment.requires_python = made.layout.projects.front().requires_python;
  return environment::read_environment(files, environment);
}

}  // namespace

std::vector<Error> StageOutputs::unread() const {
  std::vector<Error> all = tree.unread;
  all.insert(all.end(), scanned.unread.begin(), scanned.unread.end());
  std::stable_sort(all.begin(), all.end(),
                   [](const Error& a, const Error& b) { return a.path < b.path; });
  return all;
}

Result<StageOutputs> run_stages(Stage last, const FileSystem& files, const AuditOptions& given,
                                Statistics& statistics, Progress& progress) {
  const auto timed = [&](const char* stage, auto&& work) {
    progress.enter(stage);
    const Timer timer(statistics, stage);
    return work();
  };

  const auto options = grounded(files, given);
  if (!options) return tl::unexpected(options.error());
  StageOutputs made;
  made.root = options->path;
  auto configuration = project::read_configuration(files, made.root);
  if (!configuration) return tl::unexpected(configuration.error());
  made.configuration = std::move(*configuration);

  auto tree = timed("walk", [&] { return walked(files, *options, made.configuration, last); });
  if (!tree) return tl::unexpected(tree.error());
  made.tree = std::move(*tree);
  statistics.count("files", made.tree.files.size());
  if (last == Stage::kWalk) return made;

  made.scanned = timed(
      "scan", [&] { return scan::scan_tree(made.tree, scan_options(*options, made, progress)); });
  statistics.count("bytes", made.scanned.bytes);
  if (last == Stage::kScan) return made;

  made.layout = timed("layout", [&] {
    return project::find_layout(files, made.tree, {options->roots, made.configuration.roots});
  });
  made.entry_paths = timed("search paths", [&] {
    return project::find_entry_paths(files, made.tree, made.scanned, made.layout);
  });
  if (last == Stage::kLayout) return made;

  auto environment = timed("environment", [&] {
    return environment_of(files, *options, made, last == Stage::kEnvironment);
  });
  if (!environment) return tl::unexpected(environment.error());
  made.environment = std::move(*environment);
  if (last == Stage::kEnvironment) return made;

  made.resolved = timed("resolve", [&] {
    resolve::decide_branches(made.scanned, made.environment);
    return resolve::resolve(
        files, made.tree, made.scanned, made.layout, made.entry_paths, made.environment,
        {options->standard_library_first, made.configuration.known_modules, scan::scan_python});
  });
  give_back_free_memory();  // the finder's tables
  statistics.count("resolutions", made.resolved.resolutions.size());
  return made;
}

}  // namespace headwater::pipeline
