#include "pipeline/strings.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <tuple>

#include "base/paths.h"
#include "model/naming_file.h"
#include "scan/config/hydra.h"
#include "scan/config/readers.h"
#include "scan/config/source_paths.h"
#include "scripts_audit/candidates.h"

namespace headwater::pipeline {
namespace {

/// The first source of a project that is a module: what the project's settings name is found where
/// its own modules find it.
class Viewers {
 public:
  explicit Viewers(const StageOutputs& made) : made_(made) {}

  /// UINT32_MAX: there is no module at all.
  uint32_t of(std::string_view path) {
    const uint32_t project = project_of(made_.layout, path);
    const auto [known, is_new] = of_project_.emplace(project, UINT32_MAX);
    if (is_new) known->second = find(project);
    return known->second;
  }

 private:
  uint32_t find(uint32_t project) const {
    const std::vector<SourceFile>& files = made_.tree.files;
    const std::string& folder = made_.layout.projects[project].folder;
    const std::string prefix = folder.empty() ? "" : folder + '/';
    const std::vector<bool>& is_test = made_.entry_paths.is_test;
    uint32_t any = UINT32_MAX;
    const auto begin = std::ranges::lower_bound(files, prefix, {}, &SourceFile::path);
    for (auto file = begin; file != files.end() && file->path.starts_with(prefix); ++file) {
      const auto id = static_cast<uint32_t>(file - files.begin());
      if (file->kind != FileKind::kPython || (id < is_test.size() && is_test[id])) continue;
      if (any == UINT32_MAX) any = id;
      if (project_of(made_.layout, file->path) == project) return id;
    }
    return any != UINT32_MAX || files.empty() ? any : 0;
  }

  const StageOutputs& made_;
  std::map<uint32_t, uint32_t> of_project_;
};

/// Adds what readers of configuration files found in `file`.
void add_of_file(const std::string& file, uint32_t viewer, std::vector<scan::ConfigString> found,
                 std::vector<NamedString>& strings) {
  for (scan::ConfigString& one : found) {
    NamedString& string = strings.emplace_back();
    string.file = file;
    string.line = one.line;
    string.column = one.column;
    string.key = std::move(one.key);
    string.name = std::move(one.name);
    string.reader = one.reader;
    string.use = one.use;
    string.is_optional = one.is_optional;
    string.is_of_command = one.is_of_command;
    string.unknown_because = std::move(one.unknown_because);
    string.viewer = viewer;
  }
}

/// How a project uses Hydra, by what its sources import.
struct HydraUse {
  bool composes = false;             // OmegaConf alone has no `defaults`
  bool adds_configurations = false;  // that are in no file
};

std::map<uint32_t, HydraUse> hydra_uses(const StageOutputs& made) {
  std::map<uint32_t, HydraUse> uses;
  for (size_t file = 0; file < made.tree.files.size(); ++file) {
    const FileFacts& facts = made.scanned.facts[file];
    for (const Import& import : facts.imports()) {
      if (import.level != 0) continue;
      const std::string_view module = facts.name(import.module);
      if (!scan::reads_hydra_files(module)) continue;
      HydraUse& use = uses[project_of(made.layout, made.tree.files[file].path)];
      use.composes |= !module.starts_with("omegaconf");
      use.adds_configurations |= scan::may_add_hydra_files(module);
    }
  }
  return uses;
}

/// Keeps of the folders that commands add those of projects that use Hydra. The answer: whether
/// there are any, in which whatever Hydra looks for may lie.
bool keep_hydra_folders(const StageOutputs& made, const std::map<uint32_t, HydraUse>& uses,
                        std::vector<NamedString>& strings) {
  bool has_any = false;
  std::erase_if(strings, [&](const NamedString& string) {
    if (string.reader != scan::kHydraFolder) return false;
    has_any = true;
    return !uses.contains(project_of(made.layout, string.file));
  });
  return has_any;
}

/// The files of the projects that use Hydra, each read with the others of its project.
void add_hydra(const FileSystem& files, const StageOutputs& made, Viewers& viewers,
               std::vector<NamedString>& strings) {
  const std::vector<std::string>& paths = made.tree.configuration_files;
  const auto is_folder = [](const NamedString& one) { return one.reader == scan::kHydraFolder; };
  if (std::ranges::none_of(paths, is_yaml) && std::ranges::none_of(strings, is_folder)) {
    return;
  }
  const std::map<uint32_t, HydraUse> uses = hydra_uses(made);
  const bool has_folders = keep_hydra_folders(made, uses, strings);
  if (uses.empty()) return;
  std::map<uint32_t, std::vector<std::string_view>> by_project;
  std::set<std::string, std::less<>> folders;
  for (const std::string& path : paths) {
    if (!is_yaml(path)) continue;
    folders.emplace(parent_path(path));
    const uint32_t project = project_of(made.layout, path);
    if (uses.contains(project)) by_project[project].push_back(path);
  }
  // What one project registers others may take.
  const bool adds =
      std::ranges::any_of(uses, [](const auto& use) { return use.second.adds_configurations; });
  for (const auto& [project, own] : by_project) {
    std::vector<scan::HydraFile> read(own.size());
    std::atomic<bool> is_closed = !adds && !has_folders && uses.at(project).composes;
    tbb::parallel_for(size_t{0}, own.size(), [&](size_t i) {
      const auto text = files.read(join_path(made.tree.root, own[i]), scan::kMostConfigBytes);
      if (!text) return;
      read[i] = scan::read_hydra_file(own[i], *text);
      if (text->find("searchpath") != std::string::npos) is_closed = false;
    });
    const scan::HydraTree tree(read, folders, is_closed);
    for (const scan::HydraFile& file : read) {
      std::vector<scan::ConfigString> found;
      tree.add_strings(file, found);
      add_of_file(std::string(file.path), viewers.of(file.path), std::move(found), strings);
    }
  }
}

/// Those of one source. What its facts say lives as long as they do.
void add_uses(const StageOutputs& made, uint32_t file, std::vector<NamedString>& strings) {
  const FileFacts& facts = made.scanned.facts[file];
  for (const StringUse& use : facts.string_uses()) {
    std::string_view name = facts.name(use.name);
    const std::string_view shape = name.starts_with('.') ? name.substr(1) : name;
    const size_t colon = shape.find(':');
    const bool is_name =
        scan::is_dotted_name(shape.substr(0, colon), true) &&
        (colon == std::string_view::npos || scan::is_dotted_name(shape.substr(colon + 1), true));
    if (!is_name) continue;
    NamedString& string = strings.emplace_back();
    string.file = made.tree.files[file].path;
    string.file_id = string.viewer = file;
    string.line = use.line;
    string.column = use.column;
    string.key = string.reader = facts.name(use.key);
    string.name = name;
    string.use = use.use;
    string.is_optional = use.is_optional;
  }
}

/// Texts of sources that look like paths. What they are used for is not known, so they are asked
/// for, and no fact of a file says them.
void add_paths_of_sources(const FileSystem& files, const StageOutputs& made,
                          std::vector<NamedString>& strings) {
  const std::vector<SourceFile>& sources = made.tree.files;
  std::vector<std::vector<scan::ConfigString>> found(sources.size());
  tbb::parallel_for(size_t{0}, sources.size(), [&](size_t i) {
    // Tests make paths up.
    const std::vector<bool>& is_test = made.entry_paths.is_test;
    const bool is_of_tests =
        (i < is_test.size() && is_test[i]) || scripts_audit::is_of_tests(sources[i].path);
    if (sources[i].kind != FileKind::kPython || is_of_tests) return;
    const auto text = files.read(join_path(made.tree.root, sources[i].path));
    if (text) scan::add_source_paths(*text, found[i]);
  });
  for (uint32_t file = 0; file < sources.size(); ++file) {
    const size_t begin = strings.size();
    add_of_file(sources[file].path, file, std::move(found[file]), strings);
    for (size_t i = begin; i < strings.size(); ++i) strings[i].file_id = file;
  }
}

}  // namespace

std::vector<NamedString> named_strings(const FileSystem& files, const StageOutputs& made,
                                       bool wants_paths) {
  const std::vector<std::string>& paths = made.tree.configuration_files;
  const std::vector<OwnStringKey>& own_keys = made.configuration.strings;
  std::vector<std::vector<scan::ConfigString>> found(paths.size());
  tbb::parallel_for(size_t{0}, paths.size(), [&](size_t i) {
    scan::ConfigSource source{paths[i], {}, own_keys, wants_paths};
    if (!scan::is_read(source)) return;
    const auto text = files.read(join_path(made.tree.root, paths[i]), scan::kMostConfigBytes);
    if (!text) return;
    source.text = *text;
    found[i] = scan::read_config_strings(source);
  });
  std::vector<NamedString> strings;
  Viewers viewers(made);
  for (size_t i = 0; i < paths.size(); ++i) {
    if (found[i].empty()) continue;
    add_of_file(paths[i], viewers.of(paths[i]), std::move(found[i]), strings);
  }
  add_hydra(files, made, viewers, strings);
  for (uint32_t file = 0; file < made.tree.files.size(); ++file) add_uses(made, file, strings);
  if (wants_paths) add_paths_of_sources(files, made, strings);
  std::ranges::stable_sort(
      strings, {}, [](const NamedString& one) { return std::tie(one.file, one.line, one.column); });
  return strings;
}

}  // namespace headwater::pipeline
