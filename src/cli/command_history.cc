#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

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

Result<int64_t> run_number(const char* option, const std::string& text) {
  int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc() && rest == end && number > 0) return number;
  return usage(option, text + " is no run; headwater history lists their numbers");
}

/// Leaves the runs since the one, or the day, that `since` names.
Result<void> keep_since(const std::string& since, std::vector<RecordedRun>& runs) {
  if (is_date(since)) {
    std::erase_if(runs, [&](const RecordedRun& run) { return pipeline::day_of(run) < since; });
    return {};
  }
  const auto first = run_number("--since", since);
  if (!first) return usage("--since", since + " is no run and no date as 2027-01-31");
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

Result<std::string> difference(const Options& options, const std::string& file) {
  if (options.recorded_runs.size() != 2) return usage("diff", "takes two runs, older one first");
  const auto from = run_number("diff", options.recorded_runs[0]);
  if (!from) return tl::unexpected(from.error());
  const auto to = run_number("diff", options.recorded_runs[1]);
  if (!to) return tl::unexpected(to.error());
  const auto changes = pipeline::recorded_changes(file, *from, *to);
  if (!changes) return tl::unexpected(changes.error());
  std::string out;
  report::write_recorded_changes(*changes, out);
  return out;
}

int printed(const Options& options,
            Result<std::string> (*of)(const Options& options, const std::string& file)) {
  const std::string file = history_file(options);
  if (file.empty()) {
    return exit_code(
        usage("history", "no home folder to have it in; name a file by --history").value());
  }
  const auto text = of(options, file);
  return text ? exit_code(write_standard_output(*text)) : exit_code(text.error());
}

}  // namespace

void add_history_options(CLI::App& app, RawOptions& raw) {
  add_path(app, raw);
  add_choice(app, raw, "--format", raw.options.output_format, {"text", "json", "csv"});
  app.add_option("--since", raw.options.since, "RUN|YYYY-MM-DD: not the runs before it")
      ->type_name("");
  add_history_file(app, raw);
}

int run_history(const Options& options) { return printed(options, history_of); }

void add_diff_options(CLI::App& app, RawOptions& raw) {
  app.add_option("RUN", raw.options.recorded_runs, "two runs of headwater history")
      ->expected(2)
      ->required()
      ->type_name("");
  app.add_option("--path", raw.options.paths, "PATH: the repository; this folder, if not given")
      ->expected(1)
      ->type_name("");
  add_history_file(app, raw);
}

int run_diff(const Options& options) { return printed(options, difference); }

}  // namespace headwater::cli
