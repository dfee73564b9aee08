#include "report/known_findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/printable.h"

namespace headwater::report {

std::optional<AuditReport> without_known(const AuditReport& audit) {
  if (!audit.baseline || audit.baseline->known == 0) return std::nullopt;
  AuditReport left = audit;
  left.findings.clear();
  left.causes.clear();
  left.plan.clear();
  std::vector<uint32_t> finding_number(audit.findings.size(), UINT32_MAX);
  for (size_t i = 0; i < audit.findings.size(); ++i) {
    if (audit.findings[i].is_known) continue;
    finding_number[i] = static_cast<uint32_t>(left.findings.size());
    left.findings.push_back(audit.findings[i]);
  }
  std::vector<int> cause_number(audit.causes.size(), -1);
  for (size_t i = 0; i < audit.causes.size(); ++i) {
    Cause cause = audit.causes[i];
    const bool has_findings = !cause.findings.empty();
    for (uint32_t& finding : cause.findings) finding = finding_number[finding];
    std::erase(cause.findings, UINT32_MAX);
    if (has_findings && cause.findings.empty()) continue;
    cause_number[i] = static_cast<int>(left.causes.size());
    left.causes.push_back(std::move(cause));
  }
  for (Finding& finding : left.findings) {
    if (finding.cause >= 0) finding.cause = cause_number[static_cast<size_t>(finding.cause)];
  }
  return left;
}

std::string known_line(const AuditReport& audit) {
  if (!audit.baseline || audit.baseline->known == 0) return {};
  return fmt::format("{} known ({})", counted(audit.baseline->known, "finding is", "findings are"),
                     printable(audit.baseline->file));
}

std::string fixed_line(const AuditReport& audit, const std::string& arguments) {
  if (!audit.baseline || audit.baseline->fixed.empty()) return {};
  const size_t count = audit.baseline->fixed.size();
  return fmt::format("{} of {} {} fixed: headwater baseline update{}{}", with_thousands(count),
                     printable(audit.baseline->file), count == 1 ? "is" : "are",
                     arguments.empty() ? "" : " ", printable(arguments));
}

}  // namespace headwater::report
