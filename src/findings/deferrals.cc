#include "findings/deferrals.h"

#include <fmt/format.h>

#include "base/paths.h"
#include "findings/kinds.h"

namespace headwater::findings {
namespace {

bool is_below(std::string_view dotted, std::string_view module) {
  return dotted.starts_with(module) &&
         (dotted.size() == module.size() || dotted[module.size()] == '.');
}

bool fits(const Deferral& deferral, const Finding& finding) {
  if (!deferral.module.empty() && !is_below(finding.module, deferral.module)) return false;
  if (!finding.code.starts_with(deferral.code)) return false;
  return deferral.path.empty() || is_within(finding.file, deferral.path);
}

/// What it is about, for people: "ui, HW101, in src/web".
std::string subject_of(const Deferral& deferral) {
  std::string text = deferral.module;
  if (!deferral.code.empty()) text += (text.empty() ? "" : ", ") + deferral.code;
  if (!deferral.path.empty()) text += (text.empty() ? "" : ", ") + ("in " + deferral.path);
  return text;
}

Finding about(const Deferral& deferral, std::string_view code) {
  Finding finding{};
  finding.code = code;
  finding.finding_class = finding_kind(code).finding_class;
  finding.when = When::kImport;
  finding.file = deferral.file;
  finding.line = deferral.line;
  finding.column = 1;
  finding.module = deferral.module;
  finding.confidence = "certain";
  return finding;
}

}  // namespace

Deferrals::Deferrals(const std::vector<Deferral>& all, std::string_view today)
    : all_(all), today_(today), counts_(all.size()) {}

bool Deferrals::defer(Finding& finding) {
  for (size_t i = 0; raises(finding) && i < all_.size(); ++i) {
    if (is_expired(all_[i]) || !fits(all_[i], finding)) continue;
    ++counts_[i];
    finding.finding_class = FindingClass::kDeferred;
    finding.severity = Severity::kNote;
    finding.cause = -1;
    finding.suggestion = fmt::format("deferred{}: {}", all_[i].term(), all_[i].reason);
    return true;
  }
  return false;
}

std::vector<ReportedDeferral> Deferrals::used() const {
  std::vector<ReportedDeferral> used;
  for (size_t i = 0; i < all_.size(); ++i) {
    if (counts_[i] != 0) used.push_back({all_[i], counts_[i]});
  }
  return used;
}

std::vector<Finding> Deferrals::findings(const Selection& selection, bool has_environment) const {
  std::vector<Finding> found;
  for (size_t i = 0; i < all_.size(); ++i) {
    const Deferral& deferral = all_[i];
    if (is_expired(deferral)) {
      Finding expired = about(deferral, "HW902");
      expired.severity = Severity::kError;
      expired.message = fmt::format("the deferral of {} has expired on {}: {}",
                                    subject_of(deferral), deferral.until, deferral.reason);
      expired.suggestion = "mend what it defers, or decide anew";
      if (!deferral.owner.empty()) expired.suggestion += "; ask " + deferral.owner;
      found.push_back(std::move(expired));
      continue;
    }
    const std::string_view code = deferral.code;
    const bool needs_environment =
        code.starts_with("HW2") || std::string_view("HW2").starts_with(code);
    const bool is_judged = selection.select.empty() && selection.ignore.empty() &&
                           requested_group(code).empty() && (has_environment || !needs_environment);
    if (counts_[i] != 0 || !is_judged) continue;
    Finding idle = about(deferral, "HW903");
    idle.severity = Severity::kNote;
    idle.message = fmt::format("the deferral of {} defers nothing", subject_of(deferral));
    idle.suggestion = "remove it";
    found.push_back(std::move(idle));
  }
  std::erase_if(found, [&](const Finding& one) { return !selection.takes(one.code); });
  return found;
}

}  // namespace headwater::findings
