#include "report/cause_groups.h"

#include <algorithm>

namespace headwater::report {
namespace {

CauseGroup group_of(const Finding& first) {
  return {first.code, first.message, first.suggestion, first.finding_class, {}, 0};
}

}  // namespace

std::vector<CauseGroup> groups_of(const AuditReport& audit, FindingClass finding_class) {
  constexpr size_t kNone = SIZE_MAX;
  std::vector<CauseGroup> groups;
  std::vector<size_t> group_of_cause(audit.causes.size(), kNone);
  for (const Finding& finding : audit.findings) {
    if (finding.finding_class != finding_class) continue;
    const size_t cause = finding.cause < 0 ? kNone : static_cast<size_t>(finding.cause);
    size_t index = cause == kNone ? kNone : group_of_cause[cause];
    if (index == kNone) {
      index = groups.size();
      groups.push_back(group_of(finding));
      if (cause != kNone) {
        group_of_cause[cause] = index;
        const Cause& known = audit.causes[cause];
        const std::string& repair = known.fix_command.empty() ? known.fix_text : known.fix_command;
        if (repair != finding.message) groups.back().repair = repair;
        groups.back().blocked_modules = known.blocked_modules.size();
      }
    }
    groups[index].findings.push_back(&finding);
  }
  std::stable_sort(groups.begin(), groups.end(), [](const CauseGroup& a, const CauseGroup& b) {
    if (a.blocked_modules != b.blocked_modules) return a.blocked_modules > b.blocked_modules;
    return a.findings.size() > b.findings.size();
  });
  return groups;
}

std::array<uint64_t, 6> class_counts(const AuditReport& audit) {
  std::array<uint64_t, 6> counts{};
  for (const Finding& finding : audit.findings)
    ++counts[static_cast<size_t>(finding.finding_class)];
  return counts;
}

}  // namespace headwater::report
