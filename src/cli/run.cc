#include "cli/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <span>

#include "base/atomic_file.h"
#include "base/file_system.h"
#include "cli/interrupts.h"
#include "cli/standard_streams.h"
#include "pipeline/audit.h"
#include "pipeline/dump.h"
#include "pipeline/progress.h"
#include "pipeline/statistics.h"
#include "report/reporter.h"

namespace headwater::cli {
namespace {

/// Without `-v`, so many lines say what could not be read; a broken disk must not fill a log.
constexpr size_t kUnreadLines = 10;

int exit_code(const Error& error) {
  complain(error);
  return kExitUsage;
}

/// kExitClean where all of it was written.
int exit_code(WriteOutcome outcome) {
  switch (outcome) {
    case WriteOutcome::kWritten:
      return kExitClean;
    case WriteOutcome::kClosedPipe:
      return kExitClosedPipe;
    case WriteOutcome::kFailed:
      break;
  }
  complain({ErrorCode::kIo, "standard output", "cannot be written; is the disk full?"});
  return kExitUsage;
}

int write_output(const Options& options, std::string_view text) {
  if (options.output_file.empty()) return exit_code(write_standard_output(text));
  const InterruptsHeld held;
  const auto written = write_file_atomically(options.output_file, text);
  return written ? kExitClean : exit_code(written.error());
}

void complain_of_each(const Options& options, std::span<const Error> errors) {
  const bool all = options.verbosity == Verbosity::kVerbose || errors.size() <= kUnreadLines;
  const size_t shown = all ? errors.size() : kUnreadLines;
  for (size_t i = 0; i < shown; ++i) complain(errors[i]);
  if (!all) complain(fmt::format("{} more of the kind; -v names them", errors.size() - shown));
}

bool colored(const Options& options) {
  if (options.color != ColorChoice::kAuto) return options.color == ColorChoice::kAlways;
  const char* const no_color = std::getenv("NO_COLOR");  // https://no-color.org: set and not empty
  const bool refused = no_color != nullptr && *no_color != '\0';
  return !refused && options.output_file.empty() && standard_output_is_terminal();
}

report::ReportOptions report_options(const Options& options) {
  report::ReportOptions report;
  report.color = colored(options);
  report.width = options.width;
  if (report.width == 0) report.width = options.output_file.empty() ? terminal_width() : 80;
  report.detail = options.verbosity == Verbosity::kQuiet     ? report::Detail::kSummary
                  : options.verbosity == Verbosity::kVerbose ? report::Detail::kEverything
                                                             : report::Detail::kNormal;
  return report;
}

bool fails(const Finding& finding, bool fault_only) {
  switch (finding.finding_class) {
    case FindingClass::kFault:
      return true;
    case FindingClass::kEnvironment:
    case FindingClass::kCascade:
      return !fault_only;
    case FindingClass::kOptional:
    case FindingClass::kDeferred:
    case FindingClass::kUnknown:
      return false;
  }
  return false;
}

int verdict(const Options& options, const pipeline::AuditRun& run) {
  if (options.strict && !run.unread.empty()) return kExitUsage;
  if (options.exit_zero) return kExitClean;
  const bool fault_only = options.fail_on_fault_only || run.fail_on_fault_only;
  const bool any = std::any_of(run.report.findings.begin(), run.report.findings.end(),
                               [&](const Finding& finding) { return fails(finding, fault_only); });
  return any ? kExitFindings : kExitClean;
}

bool shows_progress(const Options& options) {
  return options.verbosity != Verbosity::kQuiet && standard_error_is_terminal();
}

int check(const Options& options) {
  pipeline::Statistics statistics;
  pipeline::AuditOptions audit_options = options.audit;
  audit_options.path = options.paths.front();
  auto run = [&] {
    pipeline::Progress progress(shows_progress(options), pipeline::kStageCount);
    return pipeline::audit(real_file_system(), audit_options, statistics, progress);
  }();
  if (!run) return exit_code(run.error());
  complain_of_each(options, run->unread);
  complain_of_each(options, run->malformed);

  std::string text;
  {
    const pipeline::Timer timer(statistics, "report");
    for (const report::Reporter& reporter : report::reporters()) {
      if (reporter.name == options.output_format) {
        reporter.write(run->report, report_options(options), text);
      }
    }
  }
  const int written = write_output(options, text);
  if (options.statistics) std::fputs(statistics.lines().c_str(), stderr);
  return written != kExitClean ? written : verdict(options, *run);
}

int dump_one(const Options& options, const std::string& path, pipeline::Statistics& statistics,
             std::string& kept) {
  pipeline::AuditOptions audit_options = options.audit;
  audit_options.path = path;
  int written = kExitClean;
  const auto sink = [&](std::string_view text) {
    if (options.output_file.empty()) {
      written = exit_code(write_standard_output(text));
    } else {
      kept += text;
    }
    return written == kExitClean;
  };
  pipeline::Progress progress(shows_progress(options), pipeline::kStageCount);
  const auto unread =
      pipeline::dump(options.stage, real_file_system(), audit_options, statistics, progress, sink);
  if (!unread) return exit_code(unread.error());
  complain_of_each(options, *unread);
  if (written != kExitClean) return written;
  return options.strict && !unread->empty() ? kExitUsage : kExitClean;
}

int dump(const Options& options) {
  pipeline::Statistics statistics;
  std::string kept;  // for --output-file, which is replaced as a whole
  int code = kExitClean;
  for (const std::string& path : options.paths) {
    code = std::max(code, dump_one(options, path, statistics, kept));
    if (code == kExitClosedPipe) return code;
  }
  if (!options.output_file.empty() && code == kExitClean) code = write_output(options, kept);
  if (options.statistics) std::fputs(statistics.lines().c_str(), stderr);
  return code;
}

}  // namespace

int run(const Options& options) {
  switch (options.command) {
    case Command::kPrint:
      return exit_code(write_standard_output(options.text));
    case Command::kCheck:
      return check(options);
    case Command::kDump:
      return dump(options);
  }
  return kExitInternalError;
}

}  // namespace headwater::cli
