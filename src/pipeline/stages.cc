#include "pipeline/stages.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/free_memory.h"
#include "base/hash.h"
#include "base/paths.h"
#include "findings/selection.h"
#include "pipeline/environments.h"
#include "pipeline/kept_world.h"
#include "pipeline/read_files.h"
#include "pipeline/strings.h"
#include "project/entry_paths.h"
#include "project/layout.h"
#include "scan/config/readers.h"
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

/// Paths in strings are guesses: they are looked for where they are asked for.
bool wants_paths(const AuditOptions& options, const project::Configuration& configuration) {
  const findings::Selection selection{
      options.select.empty() ? configuration.select : options.select, {}};
  return selection.names("HW42");
}

/// Sizes and times cost a call for each file, and only who prints the files themselves wants them.
Result<SourceTree> walked(const FileSystem& files, const AuditOptions& options,
                          const project::Configuration& configuration, Stage last) {
  walk::WalkOptions walk;
  walk.root = options.path;
  walk.with_status = last == Stage::kWalk;
  walk.respect_ignore_files = options.use_ignore_files;
  const bool wants_data = !configuration.strings.empty() || wants_paths(options, configuration);
  walk.is_configuration = wants_data ? scan::may_have_own_keys : scan::may_name_code;
  walk.excludes = configuration.exclude;
  walk.excludes.insert(walk.excludes.end(), options.exclude.begin(), options.exclude.end());
  return walk::walk(files, walk);
}

/// Nothing else was asked of the file system than in the last run, and nothing was answered
/// otherwise but what sources contain: then a walk finds what it found.
Result<SourceTree> found_tree(const FileSystem& files, const AuditOptions& options,
                              const project::Configuration& configuration, Stage last) {
  if (options.worlds != nullptr && options.worlds->last) {
    SourceTree tree = std::move(options.worlds->last->tree);
    for (const std::string& path : options.worlds->changed) {
      const std::string_view below = relative_path(path, tree.root);
      const auto file = std::ranges::lower_bound(tree.files, below, {}, &SourceFile::path);
      if (file == tree.files.end() || file->path != below) continue;
      const auto id = static_cast<uint32_t>(file - tree.files.begin());
      options.worlds->changed_files.push_back(id);
    }
    std::ranges::sort(options.worlds->changed_files);
    return tree;
  }
  return walked(files, options, configuration, last);
}

uint64_t key_of(const ProjectLayout& layout) {
  ByteWriter text;
  for (const SourceRoot& root : layout.roots) text.put(root.path), text.put(root.why);
  for (const Project& project : layout.projects) {
    text.put(project.folder), text.put(project.search_roots);
    for (const SourceRoot& root : project.roots) text.put(root.path);
  }
  return hash_of(std::move(text).take());
}

/// Everything that was kept goes by where modules lie: where a change of sources has moved that, it
/// is done anew.
void forget_if_other(const ProjectLayout& layout, Worlds* worlds) {
  if (worlds == nullptr) return;
  worlds->layout_key = key_of(layout);
  if (worlds->last && worlds->last->layout_key != worlds->layout_key) worlds->last.reset();
}

/// Those of the last run, where no changed file edits sys.path or did.
EntryPaths found_entry_paths(const FileSystem& files, const StageOutputs& made, Worlds* worlds) {
  if (worlds == nullptr || !worlds->last) {
    return project::find_entry_paths(files, made.tree, made.scanned, made.layout);
  }
  KeptResolving& kept = worlds->last->resolving;
  const bool is_same = std::ranges::none_of(worlds->changed_files, [&](uint32_t file) {
    return !made.scanned.facts[file].path_edits().empty() ||
           std::ranges::binary_search(kept.path_editors, file);
  });
  if (is_same) return std::move(kept.entry_paths);
  return project::find_entry_paths(files, made.tree, made.scanned, made.layout);
}

scan::ScanOptions scan_options(const FileSystem& files, const AuditOptions& options,
                               const StageOutputs& made, Progress& progress) {
  scan::ScanOptions scan;
  scan.files = &files;
  scan.on_progress = [&progress](uint64_t done, uint64_t total) { progress.advance(done, total); };
  if (made.configuration.max_file_size) scan.max_file_size = *made.configuration.max_file_size;
  scan.strict = options.deep;
  scan.known = options.known;
  if (options.max_file_size) scan.max_file_size = *options.max_file_size;
  return scan;
}

}  // namespace

std::vector<Error> StageOutputs::unread() const {
  std::vector<Error> all = tree.unread;
  all.insert(all.end(), scanned.unread.begin(), scanned.unread.end());
  std::stable_sort(all.begin(), all.end(),
                   [](const Error& a, const Error& b) { return a.path < b.path; });
  return all;
}

Result<StageOutputs> run_stages(Stage last, const FileSystem& all_files, const AuditOptions& given,
                                Statistics& statistics, Progress& progress) {
  ReadFiles read(all_files);
  const FileSystem& files = read.files();
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
  auto& known = made.configuration.known_modules;
  known.insert(known.end(), options->known_modules.begin(), options->known_modules.end());

  auto tree = timed("walk", [&] { return found_tree(files, *options, made.configuration, last); });
  if (!tree) return tl::unexpected(tree.error());
  made.tree = std::move(*tree);
  statistics.count("files", made.tree.files.size());
  if (last == Stage::kWalk) return made;

  made.scanned = timed("scan", [&] {
    return scan::scan_tree(made.tree, scan_options(files, *options, made, progress));
  });
  statistics.count("bytes", made.scanned.bytes);
  if (last == Stage::kScan) return made;

  made.layout = timed("layout", [&] {
    return project::find_layout(files, made.tree, made.scanned,
                                {options->roots, made.configuration.roots});
  });
  forget_if_other(made.layout, options->worlds);
  made.entry_paths =
      timed("search paths", [&] { return found_entry_paths(files, made, options->worlds); });
  if (last == Stage::kLayout) return made;
  made.strings = timed("strings", [&] {
    return named_strings(files, made, wants_paths(*options, made.configuration));
  });
  statistics.count("strings", made.strings.size());

  const auto environments = timed("environment", [&] {
    return find_environments(files, *options, made, last == Stage::kEnvironment);
  });
  if (!environments) return tl::unexpected(environments.error());
  if (last == Stage::kEnvironment) return made;

  made.settings = read.take_read();
  made.resolved =
      timed("resolve", [&] { return resolve_in_environments(all_files, *options, made); });
  const bool is_patched = options->worlds != nullptr && options->worlds->is_patched;
  if (!is_patched) give_back_free_memory();  // the finder's tables
  statistics.count("resolutions", made.resolved.resolutions.size());
  return made;
}

}  // namespace headwater::pipeline
