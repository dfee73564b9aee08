#include "pipeline/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/paths.h"
#include "base/sort_distinct.h"
#include "findings/find.h"
#include "pipeline/attributed.h"
#include "pipeline/audited.h"
#include "pipeline/baseline.h"
#include "pipeline/kept_world.h"
#include "pipeline/policy.h"
#include "pipeline/seen_from.h"
#include "pipeline/stages.h"
#include "pipeline/thread_limit.h"

namespace headwater::pipeline {
namespace {

void append(std::vector<std::string>& all, const std::vector<std::string>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// "; PYTHONPATH adds lib (Dockerfile:4)", of folders that are no roots anyway.
std::string python_path_clause(const StageOutputs& made) {
  std::set<std::string_view> roots;
  for (const SourceRoot& root : made.layout.roots) roots.insert(root.path);
  std::map<std::string_view, std::string_view> added;  // folder to place
  for (const WrittenFolder& written : made.entry_paths.python_path) {
    const std::string_view folder = relative_path(written.folder.path, made.root);
    const std::string_view why = written.folder.why;
    if (!roots.contains(folder)) added.emplace(folder, why.substr(why.find(' ') + 1));
  }
  if (added.empty()) return {};
  if (added.size() > 1) return fmt::format("; PYTHONPATH adds {} folders", added.size());
  return fmt::format("; PYTHONPATH adds {} ({})", added.begin()->first, added.begin()->second);
}

/// What the walk met and did not audit: counted, never silent.
std::string passed_over(const SourceTree& tree) {
  const WalkCounts& counts = tree.counts;
  return fmt::format(
      "passed over: {} ignored, {} folders of tools and environments, {} links ({} dangling), {} "
      "special files; {} names are not UTF-8",
      counts.ignored, counts.skipped_folders, counts.symlinks, tree.dangling_links.size(),
      counts.special, counts.non_utf8_names);
}

std::vector<uint32_t> path_editors(const StageOutputs& made) {
  std::vector<uint32_t> files;
  for (uint32_t file = 0; file < made.scanned.facts.size(); ++file) {
    if (!made.scanned.facts[file].path_edits().empty()) files.push_back(file);
  }
  return files;
}

/// The sources that say more by their text than by their facts; absolute, sorted.
std::vector<std::string> source_settings(const StageOutputs& made, const Worlds& worlds) {
  std::vector<std::string> found;
  if (worlds.last) found = worlds.last->settings;  // of what is taken over
  for (const std::string& path : made.settings) {
    if (!is_within(path, made.root)) continue;
    const std::string_view below = relative_path(path, made.root);
    const auto file = std::ranges::lower_bound(made.tree.files, below, {}, &SourceFile::path);
    if (file != made.tree.files.end() && file->path == below) found.push_back(path);
  }
  sort_distinct(found);
  return found;
}

}  // namespace

Error nothing_to_audit(const std::string& path) {
  return {ErrorCode::kNotFound, path,
          "no Python file in it is to be audited; give the folder of the sources"};
}

Result<Audited> audited(const FileSystem& files, const AuditOptions& options,
                        Statistics& statistics, Progress& progress) {
  const ThreadLimit threads(options.threads);
  auto made = run_stages(Stage::kResolve, files, options, statistics, progress);
  if (!made) return tl::unexpected(made.error());
  const auto find = find_options(options, made->configuration);
  if (!find) return tl::unexpected(find.error());

  Audited run;
  std::unique_ptr<Attributed> attributed;
  {
    progress.enter("findings");
    const Timer timer(statistics, "findings");
    attributed = attribute_causes(files, options, std::move(*made), *find);
    statistics.count("edges", attributed->graph.edge_count());
    statistics.count("cause sets", attributed->attribution.sets.size() - 1);
    run.report = report_of(*attributed, *find);
  }
  const StageOutputs& stages = attributed->made;
  run.report.root = options.path;
  run.report.roots_why += python_path_clause(stages);
  run.report.notes.push_back(passed_over(stages.tree));
  append(run.report.notes, stages.layout.notes);
  append(run.report.notes, stages.entry_paths.notes);
  append(run.report.notes, stages.environment.notes);
  for (const ProjectEnvironment& own : stages.project_environments) {
    append(run.report.notes, own.environment.notes);
  }
  for (std::string& note : run.report.notes) note = seen_from(stages.root, std::move(note));
  see_environments_from(stages.root, run.report);
  run.days = attributed->days;
  run.unread = stages.unread();
  run.root = stages.root;
  run.configuration = stages.configuration;
  run.selection = find->selection;
  if (options.records_sources) run.sources = source_records(stages);
  if (options.worlds != nullptr && !options.worlds->is_patched) {
    Worlds& worlds = *options.worlds;
    worlds.next = encode({stages.tree, source_settings(stages, worlds), worlds.layout_key,
                          attributed->simulations, worlds.key, stages.entry_paths,
                          path_editors(stages), stages.resolved, worlds.trace});
  }
  statistics.count("findings", run.report.findings.size());
  return run;
}

Result<AuditRun> audit(const FileSystem& files, const AuditOptions& options, Statistics& statistics,
                       Progress& progress) {
  auto run = audited(files, options, statistics, progress);
  if (!run) return tl::unexpected(run.error());
  const auto compared = compare(files, options, *run);
  if (!compared) return tl::unexpected(compared.error());
  return AuditRun{std::move(run->report), std::move(run->unread), std::move(run->days),
                  !compared->verdict.failing.empty()};
}

}  // namespace headwater::pipeline
