#include "report/changes.h"

#include <unordered_set>

namespace headwater::report {
namespace {

void write_missing(const std::vector<Finding>& findings, const std::vector<Finding>& others,
                   char sign, std::string& out) {
  std::unordered_set<uint64_t> known;
  for (const Finding& other : others) known.insert(other.fingerprint);
  for (const Finding& finding : findings) {
    if (known.contains(finding.fingerprint)) continue;
    out.append(1, sign).append(1, ' ');
    write_concise_line(finding, out);
  }
}

}  // namespace

void write_changes(const std::vector<Finding>& before, const AuditReport& now, std::string& out) {
  write_missing(now.findings, before, '+', out);
  write_missing(before, now.findings, '-', out);
}

}  // namespace headwater::report
