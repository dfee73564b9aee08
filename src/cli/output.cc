#include "cli/output.h"

#include <fmt/format.h>

#include <cstdlib>

#include "base/atomic_file.h"
#include "cli/interrupts.h"
#include "cli/run.h"

namespace headwater::cli {
namespace {

/// Without `-v`, so many lines say what could not be read; a broken disk must not fill a log.
constexpr size_t kUnreadLines = 10;

bool colored(const Options& options) {
  if (options.color != ColorChoice::kAuto) return options.color == ColorChoice::kAlways;
  const char* const no_color = std::getenv("NO_COLOR");  // https://no-color.org: set and not empty
  const bool refused = no_color != nullptr && *no_color != '\0';
  return !refused && options.output_file.empty() && standard_output_is_terminal();
}

}  // namespace

int exit_code(const Error& error) {
  complain(error);
  return kExitUsage;
}

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

std::string complaints_of(const Options& options, std::span<const Error> errors) {
  const bool all = options.verbosity == Verbosity::kVerbose || errors.size() <= kUnreadLines;
  const size_t shown = all ? errors.size() : kUnreadLines;
  std::string lines;
  for (const Error& error : errors.first(shown)) lines += complaint(error);
  if (!all) {
    lines += complaint(fmt::format("{} more of the kind; -v names them", errors.size() - shown));
  }
  return lines;
}

report::ReportOptions report_options(const Options& options) {
  report::ReportOptions report;
  report.color = colored(options);
  report.show_cascade = options.show_cascade;
  report.is_deep = options.audit.deep;
  report.arguments = options.arguments;
  report.audit_arguments = options.audit_arguments;
  report.width = options.width;
  if (report.width == 0) report.width = options.output_file.empty() ? terminal_width() : 80;
  report.detail = options.verbosity == Verbosity::kQuiet     ? report::Detail::kSummary
                  : options.verbosity == Verbosity::kVerbose ? report::Detail::kEverything
                                                             : report::Detail::kNormal;
  return report;
}

bool shows_progress(const Options& options) {
  return options.verbosity != Verbosity::kQuiet && standard_error_is_terminal();
}

}  // namespace headwater::cli
