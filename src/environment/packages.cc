#include "environment/packages.h"

#include <algorithm>
#include <set>

#include "base/paths.h"
#include "base/sort_distinct.h"
#include "base/text.h"
#include "environment/conda.h"
#include "environment/distributions.h"
#include "model/requirement.h"

namespace headwater::environment {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && !(text[0] >= '0' && text[0] <= '9') &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                  (c >= 'A' && c <= 'Z');
         });
}

/// `shop_api` for `Shop.API-2`: what a module of that distribution is likely called.
std::string as_module(std::string_view distribution) {
  std::string name = normalized_distribution_name(distribution);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

/// The packages and modules that lie directly in a folder.
void add_importable(const FileSystem& files, const std::string& folder,
                    std::set<std::string>& names) {
  const auto listing = files.list(folder);
  if (!listing) return;
  for (const DirectoryEntry& entry : *listing) {
    const std::string path = join_path(folder, entry.name);
    if (entry.name.ends_with(".py")) {
      names.insert(entry.name.substr(0, entry.name.size() - 3));
    } else if (files.is_file(join_path(path, "__init__.py"))) {
      names.insert(entry.name);
    }
  }
}

/// `shop` of `_shop_editable.pth`, `shop-editable.pth` and `__editable__.shop-1.0.pth`.
std::string name_in_path_file(std::string_view file) {
  std::string_view stem = file_name(file);
  stem.remove_suffix(std::string_view(".pth").size());
  if (stem.starts_with("__editable__.")) stem.remove_prefix(sizeof("__editable__.") - 1);
  for (size_t dash = stem.find('-'); dash != std::string_view::npos;
       dash = stem.find('-', dash + 1)) {
    if (dash + 1 < stem.size() && stem[dash + 1] >= '0' && stem[dash + 1] <= '9') {
      stem = stem.substr(0, dash);
    }
  }
  for (const std::string_view suffix : {"_editable", "-editable"}) {
    if (stem.ends_with(suffix)) stem.remove_suffix(suffix.size());
  }
  while (stem.starts_with('_')) stem.remove_prefix(1);
  return as_module(stem);
}

/// Whether path lines or a finder that was read serve the project of an editable install: one that
/// leads there, or one in the distribution's own path file.
bool is_served(const PythonEnvironment& environment, const std::vector<PathLine>& lines,
               const Distribution& distribution) {
  const std::string& folder = distribution.editable_folder;
  const std::string name = as_module(distribution.name);
  bool has_lines = false;
  bool all_followed = true;
  for (const PathLine& line : lines) {
    if (name_in_path_file(line.file) != name) continue;
    has_lines = true;
    all_followed &= line.is_followed;
  }
  if (has_lines) return all_followed;
  const auto in_project = [&](const auto& entry) { return is_within(entry.path, folder); };
  const auto& path = environment.search_path;
  const auto& modules = environment.editable_modules;
  return std::any_of(path.begin(), path.end(), in_project) ||
         std::any_of(modules.begin(), modules.end(), in_project);
}

std::vector<std::string> opaque_names(const FileSystem& files, const SitePath& path,
                                      const PythonEnvironment& environment) {
  std::set<std::string> names;
  for (const std::string& egg : path.zipped_eggs) {
    const std::string_view name = file_name(egg);
    names.insert(as_module(name.substr(0, name.find('-'))));
  }
  for (const Distribution& distribution : environment.distributions) {
    const std::string& folder = distribution.editable_folder;
    if (folder.empty() || is_served(environment, path.lines, distribution)) continue;
    names.insert(as_module(distribution.name));
    names.insert(distribution.top_level.begin(), distribution.top_level.end());
    for (const char* inner : {"", "src", "python", "lib"}) {
      add_importable(files, join_path(folder, inner), names);
    }
  }
  names.insert(path.served_names.begin(), path.served_names.end());
  for (const PathLine& line : path.lines) {
    if (!line.is_followed) names.insert(name_in_path_file(line.file));
  }
  std::erase_if(names, [](const std::string& name) { return !is_name(name); });
  return {names.begin(), names.end()};
}

/// `setup.py develop` leaves its metadata in the project, which a path line adds.
void mark_developed(PythonEnvironment& environment) {
  for (Distribution& distribution : environment.distributions) {
    if (!distribution.metadata_path.ends_with(".egg-info")) continue;
    const std::string_view folder = parent_path(distribution.metadata_path);
    for (const SearchPathEntry& entry : environment.search_path) {
      if (entry.path == folder && entry.kind == SearchPathKind::kPathLine) {
        distribution.editable_folder = folder;
      }
    }
  }
}

}  // namespace

void read_packages(const FileSystem& files, const EnvironmentOptions& options, SitePath path,
                   PythonEnvironment& environment) {
  std::vector<std::string> folders;
  for (const SearchPathEntry& entry : path.entries) folders.push_back(entry.path);
  ReadOptions read;
  read.target = {environment.version, environment.platform, environment.implementation};
  if (options.imported && !options.compare_all) read.imported = options.imported();
  InstalledDistributions installed = read_distributions(files, folders, read);
  add_conda_packages(files, environment.prefix, folders, installed);
  environment.search_path = std::move(path.entries);
  environment.editable_modules = std::move(path.editable_modules);
  std::stable_sort(environment.editable_modules.begin(), environment.editable_modules.end(),
                   [](const EditableModule& left, const EditableModule& right) {
                     return left.name < right.name;
                   });
  environment.distributions = std::move(installed.distributions);
  mark_developed(environment);
  environment.opaque_names = opaque_names(files, path, environment);
  environment.path_lines = std::move(path.lines);
  environment.start_up_imports = std::move(path.start_up_imports);
  environment.start_up_callees = std::move(path.start_up_callees);
  sort_distinct(environment.start_up_imports);
  sort_distinct(environment.start_up_callees);
  auto& notes = environment.notes;
  notes.insert(notes.end(), path.notes.begin(), path.notes.end());
  notes.insert(notes.end(), installed.notes.begin(), installed.notes.end());
}

bool serves_nothing(const EnvironmentOptions& options, const PythonEnvironment& environment) {
  const std::unordered_set<std::string> imported =
      options.imported ? options.imported() : std::unordered_set<std::string>();
  return std::none_of(environment.distributions.begin(), environment.distributions.end(),
                      [&](const Distribution& one) {
                        const std::string& name = one.normalized_name;
                        if (name == "pip" || name == "setuptools" || name == "wheel") return false;
                        return std::find(options.declared.begin(), options.declared.end(), name) !=
                                   options.declared.end() ||
                               std::any_of(
                                   one.top_level.begin(), one.top_level.end(),
                                   [&](const std::string& top) { return imported.contains(top); });
                      });
}

}  // namespace headwater::environment
