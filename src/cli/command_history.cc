#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/history_file.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "pipeline/history.h"
#include "report/history_report.h"

namespace headwater::cli {
namespace {

constexpr size_t kScreen = 20;  // lines

/// Leaves the runs since the one, or the day, that `since` names.
Result<void> keep_since(const std::string& since, std::vector<RecordedRun>& runs) {
  if (is_date(since)) {
    std::erase_if(runs, [&](const RecordedRun& run) { return pipeline::day_of(run) < since; });
    return {};
  }
  const auto first = run_number(since);
  if (!first) return usage("--since", since + " is no run and no date as 2027-01-31");
  if (!runs.empty() && runs.back().id < *first) {
    return usage("--since", fmt::format("there is no run {} yet, the newest is {}; give one of "
                                        "headwater history, or a date as 2027-01-31",
                                        since, runs.back().id));
  }
  std::erase_if(runs, [&](const RecordedRun& run) { return run.id < *first; });
  return {};
}

Result<std::string> history_of(const Options& options, const std::string& file) {
  auto runs = pipeline::recorded_runs(file);
  if (!runs) return tl::unexpected(runs.error());
  if (!options.since.empty()) {
    if (auto kept = keep_since(options.since, *runs); !kept) return tl::unexpected(kept.error());
  }
  std::string out;
  if (options.output_format == "json") {
    report::write_history_json(*runs, out);
  } else if (options.output_format == "csv") {
    report::write_history_csv(*runs, out);
  } else {
    const size_t earlier =
        options.since.empty() && runs->size() > kScreen ? runs->size() - kScreen : 0;
    report::write_history_text(std::span(*runs).subspan(earlier), earlier, out);
  }
  return out;
}

}  // namespace

void add_history_options(CLI::App& app, RawOptions& raw) {
  add_path(app, raw);
  add_choice(app, raw, "--format", raw.options.output_format, {"text", "json", "csv"});
  app.add_option("--since", raw.options.since, "RUN|YYYY-MM-DD: not the runs before it")
      ->type_name("");
  add_history_file(app, raw);
}

int run_history(const Options& options) {
  const auto file = known_history_file(options);
  if (!file) return exit_code(file.error());
  const auto text = history_of(options, *file);
  return text ? exit_code(write_standard_output(*text)) : exit_code(text.error());
}

}  // namespace headwater::cli
