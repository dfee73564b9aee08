#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/file_system.h"
#include "cli/answered.h"
#include "cli/commands.h"
#include "cli/history_file.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "cli/with_progress.h"
#include "pipeline/attributed.h"
#include "pipeline/audit.h"
#include "pipeline/audited.h"
#include "pipeline/change.h"
#include "pipeline/fixes.h"
#include "pipeline/history.h"
#include "pipeline/progress.h"
#include "pipeline/statistics.h"
#include "report/reporter.h"

namespace headwater::cli {
namespace {

std::vector<std::string_view> reporter_names() {
  std::vector<std::string_view> names;
  for (const report::Reporter& reporter : report::reporters()) names.push_back(reporter.name);
  return names;
}

int verdict(const Options& options, const pipeline::AuditRun& run) {
  if (options.strict && !run.unread.empty()) return kExitUsage;
  if (options.exit_zero) return kExitClean;
  return run.fails ? kExitFindings : kExitClean;
}

Result<CommandAnswer> checked(const Options& options, const Result<pipeline::AuditRun>& run,
                              pipeline::Statistics& statistics) {
  if (!run) return tl::unexpected(run.error());
  if (run->report.summary.files == 0)
    return tl::unexpected(pipeline::nothing_to_audit(options.paths.front()));
  CommandAnswer made;
  made.complaints = complaints_of(options, run->unread);
  made.exit_code = verdict(options, *run);
  made.days = run->days;
  const pipeline::Timer timer(statistics, "report");
  for (const report::Reporter& reporter : report::reporters()) {
    if (reporter.name == options.output_format) {
      reporter.write(run->report, report_options(options), made.out);
    }
  }
  return made;
}

Result<CommandAnswer> affected(const FileSystem& files, const pipeline::AuditOptions& asked,
                               pipeline::Statistics& statistics, pipeline::Progress& progress) {
  const auto audit = pipeline::run_attributed(files, asked, statistics, progress);
  if (!audit) return tl::unexpected(audit.error());
  CommandAnswer made;
  for (const std::string& line : pipeline::affected(**audit, *asked.before)) {
    made.out += line + '\n';
  }
  made.days = (*audit)->days;
  return made;
}

/// Why the run is not in the history; empty: it is. The answer is the same, so this is a warning.
std::string record(const Options& options, const AuditReport& report,
                   pipeline::Statistics& statistics) {
  const pipeline::Timer timer(statistics, "history");
  const std::string file = history_file(options);
  if (file.empty()) return "history: no home folder to have it in; name a file by --history";
  const auto recorded = pipeline::record_run(file, report, options.at);
  if (recorded) return {};
  return "history: " + recorded.error().path + ' ' + recorded.error().detail +
         "; the run is not recorded";
}

void tell_fixes(const pipeline::Fixes& fixes, const char* what) {
  std::string text;
  for (const std::string& line : fixes.left) text += "headwater: " + line + '\n';
  text += fmt::format("headwater: {} {} import{} in {} file{}\n", what, fixes.statements,
                      fixes.statements == 1 ? "" : "s", fixes.files, fixes.files == 1 ? "" : "s");
  std::fputs(text.c_str(), stderr);
}

/// Rewrites what has moved, or prints how. Exits as `diff` does there: with 1 if there is a
/// difference.
Result<int> rewrite(const Options& options) {
  pipeline::Statistics ignored;
  const auto run = with_progress(options, options.paths.front(), ignored, pipeline::audit);
  if (!run) return tl::unexpected(run.error());
  if (run->report.summary.files == 0)
    return tl::unexpected(pipeline::nothing_to_audit(options.paths.front()));
  if (options.fix) {
    const auto fixes = pipeline::apply_fixes(real_file_system(), run->report);
    if (!fixes) return tl::unexpected(fixes.error());
    tell_fixes(*fixes, "rewrote");
    return kExitClean;
  }
  std::fputs(complaints_of(options, run->unread).c_str(), stderr);
  const pipeline::Fixes fixes = pipeline::show_fixes(real_file_system(), run->report);
  const int written = write_output(options, fixes.diff);
  tell_fixes(fixes, "would rewrite");
  if (written != kExitClean) return written;
  return fixes.statements == 0 || options.exit_zero ? kExitClean : kExitFindings;
}

/// `--changed` and `--affected`.
void add_changed(CLI::App& app, RawOptions& raw) {
  app.add_option("--changed", raw.changed,
                 "[=REV]: fail on what has come up since the commit; if none is given, since the "
                 "branch left the default branch")
      ->expected(0, 1)
      ->type_name("");
  app.add_flag("--affected", raw.options.affected,
               "with --changed: print the modules and tests that the change can reach");
}

}  // namespace

void add_check_options(CLI::App& app, RawOptions& raw) {
  add_path(app, raw);
  add_choice(app, raw, "--output-format", raw.options.output_format, reporter_names());
  add_choosing_options(app, raw);
  add_changed(app, raw);
  app.add_flag("--show-cascade", raw.options.show_cascade, "the modules that each cause blocks");
  app.add_flag("--diff", raw.options.diff, "print what --fix would change, and nothing else");
  app.add_flag("--fix", raw.options.fix, "rewrite imports of modules that have moved, then audit");
  app.add_flag("--exit-zero", raw.options.exit_zero, "exit with 0 whatever was found");
  app.add_flag("--record", raw.options.record, "add the run to the history");
  add_history_file(app, raw);
  add_common_options(app, raw);
  add_answer_options(app, raw);
}

int run_check(const Options& options) {
  if (options.fix || options.diff) {
    const auto rewritten = rewrite(options);
    if (!rewritten) return exit_code(rewritten.error());
    if (options.diff) return *rewritten;
  }
  if (options.affected) return answered(options, affected);
  std::string unrecorded;
  const int code =
      answered(options, [&](const FileSystem& files, const pipeline::AuditOptions& audit,
                            pipeline::Statistics& statistics, pipeline::Progress& progress) {
        const auto run = pipeline::audit(files, audit, statistics, progress);
        auto answer = checked(options, run, statistics);
        if (answer && options.record) unrecorded = record(options, run->report, statistics);
        return answer;
      });
  if (!unrecorded.empty()) complain(unrecorded);
  return code;
}

}  // namespace headwater::cli
