#include <CLI/CLI.hpp>

#include "cli/answered.h"
#include "cli/commands.h"
#include "cli/history_file.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "pipeline/audit.h"
#include "pipeline/commits.h"
#include "pipeline/history.h"
#include "report/history_report.h"

namespace headwater::cli {
namespace {

using Findings = std::vector<RecordedFinding>;

Result<CommandAnswer> listed(const FileSystem& files, const pipeline::AuditOptions& audit,
                             pipeline::Statistics& statistics, pipeline::Progress& progress) {
  const auto run = pipeline::audit(files, audit, statistics, progress);
  if (!run) return tl::unexpected(run.error());
  CommandAnswer made;
  made.out = pipeline::findings_text(run->report);
  made.days = run->days;
  return made;
}

Result<Findings> findings_of_commit(const Options& options, const std::string& revision,
                                    pipeline::Statistics& statistics) {
  const auto commits = pipeline::Commits::open(options.paths.front());
  if (!commits) return tl::unexpected(commits.error());
  const auto commit = (*commits)->repository().commit(revision);
  if (!commit) return tl::unexpected(commit.error());
  const auto text = answer_of_commit(options, *commit, "findings", listed, statistics);
  if (!text) return tl::unexpected(text.error());
  return pipeline::parse_findings(*text);
}

/// `side`: the number of a run, or else a revision of git.
Result<Findings> findings_of(const Options& options, const std::string& side,
                             pipeline::Statistics& statistics) {
  const auto run = run_number(side);
  if (!run) return findings_of_commit(options, side, statistics);
  const auto file = known_history_file(options);
  if (!file) return tl::unexpected(file.error());
  return pipeline::recorded_findings(*file, *run);
}

Result<std::string> difference(const Options& options) {
  if (options.sides.size() != 2)
    return usage("diff",
                 "takes two runs or commits, the older one first, as in headwater diff main HEAD");
  pipeline::Statistics statistics;
  const auto from = findings_of(options, options.sides[0], statistics);
  if (!from) return tl::unexpected(from.error());
  const auto to = findings_of(options, options.sides[1], statistics);
  if (!to) return tl::unexpected(to.error());
  std::string out;
  report::write_recorded_changes(pipeline::changes_between(*from, *to), out);
  return out;
}

}  // namespace

void add_diff_options(CLI::App& app, RawOptions& raw) {
  app.add_option("SIDE", raw.options.sides,
                 "two of RUN|REV, the older one first: numbers of headwater history, or commits")
      ->expected(0, 2)
      ->type_name("");
  app.add_option("--path", raw.options.paths, "PATH: the repository; this folder, if not given")
      ->expected(1)
      ->type_name("");
  add_history_file(app, raw);
  add_deep(app, raw);
  add_common_options(app, raw);
  add_memory_options(app, raw);
}

int run_diff(const Options& options) {
  const auto text = difference(options);
  return text ? exit_code(write_standard_output(*text)) : exit_code(text.error());
}

}  // namespace headwater::cli
