#include <fmt/format.h>

#include "report/class_names.h"
#include "report/known_findings.h"
#include "report/printable.h"
#include "report/reporter.h"

namespace headwater::report {

void write_concise_line(const Finding& finding, std::string& out) {
  const std::string when =
      finding.when == When::kImport ? "" : fmt::format(", {}", name_of(finding.when));
  fmt::format_to(std::back_inserter(out), "{}:{}{}:{}: {} [{}{}{}] {}{}{}\n",
                 printable(finding.file),
                 finding.cell == 0 ? "" : fmt::format("cell {}:", finding.cell), finding.line,
                 finding.column, finding.code, name_of(finding.finding_class), when,
                 finding.is_known ? ", known" : "", printable(finding.message),
                 finding.suggestion.empty() ? "" : "; ", printable(finding.suggestion));
}

/// One line per finding, in the form that editors and `grep` users jump by.
void write_concise(const AuditReport& audit, const ReportOptions& options, std::string& out) {
  const bool everything = options.detail == Detail::kEverything;
  for (const Finding& finding : audit.findings) {
    if (finding.is_known && !everything) continue;
    write_concise_line(finding, out);
  }
  for (const std::string& line : {known_line(audit), fixed_line(audit, options.arguments)}) {
    if (!line.empty()) out += line + '\n';
  }
}

}  // namespace headwater::report
