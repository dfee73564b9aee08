#include <CLI/CLI.hpp>
#include <array>

#include "cli/answered.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "cli/with_progress.h"
#include "pipeline/baseline.h"
#include "report/printable.h"

namespace headwater::cli {
namespace {

constexpr std::array<std::string_view, 3> kTasks = {"create", "update", "show"};

std::string text_of(const Options& options, const pipeline::BaselineAnswer& answer) {
  std::string text;
  if (options.verbosity != Verbosity::kQuiet) {
    for (const std::string& line : answer.lines) text += report::printable(line) + '\n';
  }
  return text + report::printable(answer.summary) + '\n';
}

int exit_after(const Options& options, const pipeline::BaselineAnswer& answer) {
  return options.strict && !answer.unread.empty() ? kExitUsage : kExitClean;
}

/// What writes a file is done each time.
int write_baseline(const Options& options) {
  pipeline::Statistics statistics;
  const auto work =
      options.task == "create" ? pipeline::create_baseline : pipeline::update_baseline;
  const auto answer = with_progress(options, options.paths.front(), statistics, work);
  if (!answer) return exit_code(answer.error());
  std::fputs(complaints_of(options, answer->unread).c_str(), stderr);
  if (options.statistics) std::fputs(statistics.lines().c_str(), stderr);
  const int written = write_output(options, text_of(options, *answer));
  return written != kExitClean ? written : exit_after(options, *answer);
}

}  // namespace

void add_baseline_options(CLI::App& app, RawOptions& raw) {
  add_choice(app, raw, "TASK", raw.options.task, {kTasks.begin(), kTasks.end()});
  raw.choices.back().option = "baseline";
  add_path(app, raw);
  add_choosing_options(app, raw);
  add_common_options(app, raw);
  add_answer_options(app, raw);
}

int run_baseline(const Options& options) {
  if (options.task.empty()) {
    return exit_code(usage("baseline", "say what to do: create, update or show").value());
  }
  if (options.task != "show") {
    if (options.at.empty()) return write_baseline(options);
    return exit_code(usage("--at", "goes with baseline show only").value());
  }
  return answered(
      options,
      [&](const FileSystem& files, const pipeline::AuditOptions& audit,
          pipeline::Statistics& statistics, pipeline::Progress& progress) -> Result<CommandAnswer> {
        const auto answer = pipeline::show_baseline(files, audit, statistics, progress);
        if (!answer) return tl::unexpected(answer.error());
        return CommandAnswer{text_of(options, *answer), complaints_of(options, answer->unread),
                             exit_after(options, *answer), answer->days};
      });
}

}  // namespace headwater::cli
