#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/file_system.h"
#include "cli/answered.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "pipeline/triage.h"
#include "report/shell_word.h"
#include "report/triage_report.h"

namespace headwater::cli {
namespace {

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const report::TriageReporter& one : report::triage_reporters()) names.push_back(one.name);
  return names;
}

/// A folder among the reports is the repository.
Result<Options> with_repository(Options options) {
  const auto is_folder = [](const std::string& path) {
    return path != "-" && real_file_system().is_folder(path);
  };
  std::vector<std::string> folders;
  std::erase_if(options.reports, [&](const std::string& path) {
    if (!is_folder(path)) return false;
    folders.push_back(path);
    return true;
  });
  if (folders.size() > 1) {
    return usage(folders[1], "triage takes one folder; run it once for each");
  }
  if (options.as_baseline && options.output_format != "text") {
    return usage("--as-baseline",
                 "prints a baseline, which has a form of its own; leave --output-format out");
  }
  if (options.reports.empty()) {
    return usage("triage", "no report is named; give the file that a tool wrote, or -");
  }
  if (!folders.empty()) {
    options.paths = folders;
    std::string& arguments = options.audit_arguments;
    arguments += (arguments.empty() ? "" : " ") + report::shell_word(folders[0]);
  }
  return options;
}

/// The reports, as far as the answer depends on them.
std::string key_of(const Options& options, const std::vector<ToolReport>& reports) {
  std::string key = "triage";
  for (const ToolReport& report : reports) {
    key += fmt::format("\n{} {:016x}", report.name, report.content_hash);
  }
  return key + (options.as_baseline ? "\nbaseline" : "");
}

bool fails(const TriageReport& report, bool fault_only) {
  const auto count = [&](TriageClass value) { return report.by_class[static_cast<size_t>(value)]; };
  if (count(TriageClass::kFault) + report.follow_from_faults() != 0) return true;
  return !fault_only && count(TriageClass::kEnvironment) + count(TriageClass::kCascade) != 0;
}

std::string warnings_of(const std::vector<ToolReport>& reports) {
  std::string lines;
  for (const ToolReport& report : reports) {
    for (const std::string& warning : report.warnings) {
      lines += complaint(Error{ErrorCode::kMalformed, report.name, warning});
    }
  }
  return lines;
}

Result<CommandAnswer> triaged(const Options& options, const std::vector<ToolReport>& reports,
                              const FileSystem& files, const pipeline::AuditOptions& audit,
                              pipeline::Statistics& statistics, pipeline::Progress& progress) {
  const auto run = pipeline::triage(files, audit, reports, statistics, progress);
  if (!run) return tl::unexpected(run.error());
  CommandAnswer made;
  const std::string warnings = warnings_of(reports);
  made.complaints = warnings + complaints_of(options, run->unread);
  made.days = run->days;
  if (options.as_baseline) {
    made.out = pipeline::triage_baseline(run->report, run->fault_only, audit.deep);
  } else {
    for (const report::TriageReporter& one : report::triage_reporters()) {
      if (one.name == options.output_format) {
        one.write(run->report, report_options(options), made.out);
      }
    }
    const bool is_real = fails(run->report, run->fault_only);
    made.exit_code = is_real && !options.exit_zero ? kExitFindings : kExitClean;
  }
  const bool is_partial = !warnings.empty() || !run->unread.empty();
  if (options.strict && is_partial) made.exit_code = kExitUsage;
  return made;
}

}  // namespace

void add_triage_options(CLI::App& app, RawOptions& raw) {
  app.add_option("REPORT", raw.options.reports,
                 "files that tools wrote, - for standard input; a folder is the repository")
      ->required()
      ->type_name("");
  add_choice(app, raw, "--output-format", raw.options.output_format, format_names());
  app.add_flag("--as-baseline", raw.options.as_baseline,
               "print what is real as a baseline, and nothing else");
  add_choice(app, raw, "--fail-on", raw.fail_on, {"fault"});
  app.get_option("--fail-on")
      ->description("fault: exit with 1 for faults and what follows from them alone");
  app.add_flag("--exit-zero", raw.options.exit_zero, "exit with 0 whatever was found");
  add_deep(app, raw);
  add_common_options(app, raw);
  add_answer_options(app, raw);
}

int run_triage(const Options& given) {
  const auto options = with_repository(given);
  if (!options) return exit_code(options.error());
  const auto reports = pipeline::read_tool_reports(options->reports);
  if (!reports) return exit_code(reports.error());
  return answered(
      *options,
      [&](const FileSystem& files, const pipeline::AuditOptions& audit,
          pipeline::Statistics& statistics, pipeline::Progress& progress) {
        return triaged(*options, *reports, files, audit, statistics, progress);
      },
      key_of(*options, *reports));
}

}  // namespace headwater::cli
