#include "triage/findings_at.h"

namespace headwater::triage {
namespace {

bool is_of_import(std::string_view code) {
  return !code.starts_with("HW5") && !code.starts_with("HW9") && !code.starts_with("HW3");
}

}  // namespace

FindingsAt::FindingsAt(const AuditReport& report) : report_(report) {
  const auto take = [&](const std::vector<Finding>& all, bool is_suppressed) {
    for (size_t i = 0; i < all.size(); ++i) {
      const Finding& finding = all[i];
      Found found;
      (is_suppressed ? found.suppressed : found.finding) = static_cast<int>(i);
      if (finding.code.starts_with("HW3")) syntax_.try_emplace(finding.file, found);
      if (!is_of_import(finding.code)) continue;
      found_[{finding.file, finding.cell, finding.line, finding.column}].push_back(found);
    }
  };
  take(report.findings, false);
  take(report.suppressed, true);
}

FindingsAt::Found FindingsAt::of_statement(std::string_view file, const FileFacts& facts,
                                           const Import& import, const std::string& module) const {
  const PlaceInFile place = facts.place(import.line);
  const auto all = found_.find({file, place.cell, place.line, import.column});
  if (all == found_.end()) return {};
  // `import a, b` are two statements at one place.
  for (const Found& one : all->second) {
    const Finding& finding = one.finding >= 0
                                 ? report_.findings[static_cast<size_t>(one.finding)]
                                 : report_.suppressed[static_cast<size_t>(one.suppressed)];
    if (import.is_from || finding.module == module) return one;
  }
  return {};
}

FindingsAt::Found FindingsAt::of_syntax(std::string_view file) const {
  const auto found = syntax_.find(file);
  return found == syntax_.end() ? Found() : found->second;
}

}  // namespace headwater::triage
