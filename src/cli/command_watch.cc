#include <CLI/CLI.hpp>
#include <optional>

#include "base/file_watcher.h"
#include "cli/commands.h"
#include "cli/memory_options.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "pipeline/audit.h"
#include "report/changes.h"
#include "report/reporter.h"

namespace headwater::cli {
namespace {

/// The audits of one command, each of what the one before it had not seen.
class Watch {
 public:
  Watch(const Options& options, pipeline::MemoryOptions memory)
      : options_(options), memory_options_(std::move(memory)), audit_(options.audit) {
    audit_.path = options.paths.front();
  }

  /// The exit code once there is nothing more to do, which only an error or a closed pipe brings.
  int run() {
    for (;;) {
      pipeline::Memory memory(real_file_system(), memory_options_, audit_.threads);
      audit_.known = &memory;
      if (const auto code = audit(memory)) return *code;
      until_changed(memory);
    }
  }

 private:
  std::optional<int> audit(pipeline::Memory& memory) {
    pipeline::Statistics statistics;
    // Later ones are too short for a bar.
    pipeline::Progress progress(!last_ && shows_progress(options_), pipeline::kStageCount);
    auto run = pipeline::audit(memory.files(), audit_, statistics, progress);
    if (!run) return failed(run.error());
    days_ = run->days;
    std::fputs(complaints_of(options_, run->unread).c_str(), stderr);
    const int written = exit_code(write_standard_output(report_of(run->report)));
    if (written != kExitClean) {
      return written;
    }
    last_ = std::move(run->report.findings);
    memory.keep({});
    for (const std::string& warning : memory.warnings()) tell_once(warning);
    if (options_.statistics) std::fputs(statistics.lines().c_str(), stderr);
    return std::nullopt;
  }

  /// A configuration that is being edited may be wrong for a while.
  std::optional<int> failed(const Error& error) {
    const int code = exit_code(error);
    days_ = {};
    return last_ ? std::nullopt : std::optional(code);
  }

  std::string report_of(const AuditReport& report) const {
    report::ReportOptions shown = report_options(options_);
    std::string text;
    if (last_) {
      report::write_changes(*last_, report, text);
      shown.detail = report::Detail::kSummary;
    }
    report::write_text(report, shown, text);
    return text;
  }

  void until_changed(const pipeline::Memory& memory) {
    pipeline::WatchedRun seen = memory.watched();
    watcher_.watch(seen.folders());
    if (watcher_.polls()) tell_once("watch: the system tells no changes; looking every second");
    // What changed before the folders were watched is seen by the first look.
    if (!still_holds(seen)) return watcher_.settle();
    do {
      watcher_.wait();
      watcher_.settle();
    } while (still_holds(seen));
  }

  bool still_holds(pipeline::WatchedRun& seen) const {
    const std::string today = pipeline::day_of(audit_);
    const bool is_of_today = days_.first.empty() || (days_.first <= today && today <= days_.last);
    return is_of_today && seen.holds();
  }

  void tell_once(const std::string& warning) {
    if (warning != told_) complain(warning);
    told_ = warning;
  }

  const Options& options_;
  const pipeline::MemoryOptions memory_options_;
  pipeline::AuditOptions audit_;
  FileWatcher watcher_;
  pipeline::Days days_;                       // on which the last audit holds
  std::optional<std::vector<Finding>> last_;  // of the last audit that was one
  std::string told_;
};

}  // namespace

void add_watch_options(CLI::App& app, RawOptions& raw) {
  add_path(app, raw);
  add_choosing_options(app, raw);
  add_common_options(app, raw);
  add_cache_folder(app, raw);
}

int run_watch(const Options& options) {
  if (!options.output_file.empty()) {
    return exit_code(
        usage("--output-file", "is written at the end, and watch has none; leave it out").value());
  }
  auto memory = memory_options(options, "");
  if (!memory) {
    return exit_code(
        usage("watch", "no home folder to have a cache in; name one by --cache-dir").value());
  }
  return Watch(options, *std::move(memory)).run();
}

}  // namespace headwater::cli
