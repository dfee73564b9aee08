#include "pipeline/triage.h"

#include <set>

#include "base/byte_source.h"
#include "pipeline/attributed.h"
#include "pipeline/seen_from.h"
#include "policy/verdict.h"
#include "triage/read_report.h"
#include "triage/verdict.h"

namespace headwater::pipeline {

Result<std::vector<ToolReport>> read_tool_reports(const std::vector<std::string>& paths) {
  std::vector<ToolReport> reports;
  for (const std::string& path : paths) {
    const auto bytes = open_bytes(path);
    if (!bytes) return tl::unexpected(bytes.error());
    auto report = triage::read_report(**bytes, path);
    if (!report) return tl::unexpected(report.error());
    reports.push_back(*std::move(report));
  }
  return reports;
}

Result<TriageRun> triage(const FileSystem& files, const AuditOptions& options,
                         const std::vector<ToolReport>& reports, Statistics& statistics,
                         Progress& progress) {
  auto audit = run_attributed(files, options, statistics, progress);
  if (!audit) return tl::unexpected(audit.error());
  const Timer timer(statistics, "triage");
  TriageRun run;
  AuditReport found = report_of(**audit);
  const StageOutputs& made = (*audit)->made;
  found.root = options.path;
  see_environments_from(made.root, found);
  const triage::Audit judged{files,         made.tree,       made.scanned,
                             made.resolved, (*audit)->graph, (*audit)->attribution};
  run.report = triage::triage(judged, std::move(found), reports);
  run.unread = made.unread();
  run.days = (*audit)->days;
  run.fault_only = options.fail_on_fault_only || made.configuration.fail_on == "fault";
  return run;
}

std::string triage_baseline(const TriageReport& report, bool fault_only, bool is_deep) {
  AuditReport named;
  named.causes = report.audit.causes;
  std::set<int> findings;
  for (const TriagedImport& import : report.imports) {
    if (is_real(import.triage_class) && import.finding >= 0) findings.insert(import.finding);
  }
  for (const int finding : findings) {
    named.findings.push_back(report.audit.findings[static_cast<size_t>(finding)]);
  }
  policy::Baseline none;
  none.deep = is_deep;
  const auto judges_all = [](const policy::BaselineEntry&) { return true; };
  const policy::Verdict verdict = policy::judge(named, none, {fault_only, judges_all});
  return policy::baseline_text(policy::updated(none, verdict));
}

}  // namespace headwater::pipeline
