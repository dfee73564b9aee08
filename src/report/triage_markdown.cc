#include <fmt/format.h>

#include "report/markup.h"
#include "report/printable.h"
#include "report/triage_report.h"

namespace headwater::report {
namespace {

/// What makes the rest less than it seems.
void add_doubts(const TriageReport& triage, std::string& out) {
  for (const TriagedReport& report : triage.reports) {
    for (const std::string& warning : report.warnings) {
      out +=
          fmt::format("{} was not read as a whole: {}.\n\n", code(report.name), escaped(warning));
    }
  }
  if (const std::string doubt = of_other_files(triage); !doubt.empty()) {
    out += escaped(doubt) + "\n\n";
  }
}

void add_causes(const TriageReport& triage, std::string& out) {
  if (triage.causes.empty()) return;
  out += "## Causes\n\n| cause | imports | repair |\n|---|---:|---|\n";
  for (const TriagedCause& explained : triage.causes) {
    const Cause& cause = triage.audit.causes[explained.cause];
    std::string repair =
        cause.fix_command.empty() ? escaped(cause.fix_text) : code(cause.fix_command);
    if (cause.fix_text == cause.title && cause.fix_command.empty()) repair.clear();
    out += fmt::format("| {} {} | {} | {} |\n", escaped(cause.title), cause.code,
                       with_thousands(explained.total), repair);
  }
  out += '\n';
}

void add_class(const TriageReport& triage, TriageClass value, std::string_view title,
               std::string& out) {
  if (triage.by_class[static_cast<size_t>(value)] == 0) return;
  out += fmt::format("## {}\n\n", title);
  for (const TriagedImport& import : triage.imports) {
    if (import.triage_class != value) continue;
    std::string place = import.file;
    if (import.line != 0) place += fmt::format(":{}", import.line);
    out += "- " + code(place);
    if (!import.module.empty()) out += ' ' + code(import.module);
    out += fmt::format(": {} ({})\n", escaped(import.why), escaped(said_by(import)));
  }
  out += '\n';
}

}  // namespace

void write_triage_markdown(const TriageReport& triage, const ReportOptions&, std::string& out) {
  out += "# What the tools say of imports\n\n";
  out += escaped(triage_totals(triage)) + ".\n\n";
  add_doubts(triage, out);
  add_causes(triage, out);
  add_class(triage, TriageClass::kFault, "Faults of the repository", out);
  add_class(triage, TriageClass::kEnvironment, "Of the environment", out);
  add_class(triage, TriageClass::kCascade, "Follows from another cause", out);
  add_class(triage, TriageClass::kOptional, "Optional", out);
  add_class(triage, TriageClass::kDeferred, "Put off", out);
  add_class(triage, TriageClass::kWorks, "Works here", out);
  add_class(triage, TriageClass::kStale, "Stale", out);
  add_class(triage, TriageClass::kUnknown, "Not decided", out);
  for (const TriagedReport& report : triage.reports) {
    if (report.other_count == 0) continue;
    out += fmt::format("{} of {} are about no import.\n", with_thousands(report.other_count),
                       escaped(report.name));
  }
}

}  // namespace headwater::report
