#include "policy/verdict.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace headwater::policy {
namespace {

constexpr std::string_view kCascade = "HW141";
constexpr uint32_t kNone = UINT32_MAX;

/// The code that stands for all that say the same of a statement.
std::string_view failure_of(std::string_view code) {
  if (code == "HW102") return "HW101";
  return code == "HW202" ? "HW201" : code;
}

/// Where the cause of a cascade has no finding of its own; nullptr: it has one.
const Cause* outside_cause(const AuditReport& report, const Finding& finding) {
  if (finding.code != kCascade || finding.cause < 0) return nullptr;
  const Cause& cause = report.causes[static_cast<size_t>(finding.cause)];
  return cause.in_repository ? nullptr : &cause;
}

std::vector<BaselineEntry> entries_of(const AuditReport& report, const Finding& finding) {
  BaselineEntry entry;
  entry.file = finding.file;
  entry.code = finding.code;
  entry.module = finding.module;
  if (const Cause* const cause = outside_cause(report, finding)) entry.cause = cause->id();
  std::vector<BaselineEntry> entries(std::max<size_t>(finding.names.size(), 1), entry);
  for (size_t i = 0; i < finding.names.size(); ++i) entries[i].name = finding.names[i];
  return entries;
}

/// The entries that no finding has taken so far.
class Pool {
 public:
  explicit Pool(const Baseline& baseline) : entries_(baseline.entries) {
    for (uint32_t i = 0; i < entries_.size(); ++i) left_[key(entries_[i])].push_back(i);
  }

  /// The entry that says the same, of the same cause or of any; kNone if there is none.
  uint32_t take(const BaselineEntry& wanted, bool any_cause) {
    const auto found = left_.find(key(wanted));
    if (found == left_.end()) return kNone;
    std::vector<uint32_t>& all = found->second;
    const auto fits = [&](uint32_t entry) {
      return any_cause || entries_[entry].cause == wanted.cause;
    };
    const auto at = std::ranges::find_if(all, fits);
    if (at == all.end()) return kNone;
    const uint32_t taken = *at;
    all.erase(at);
    return taken;
  }

 private:
  using Key = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;
  static Key key(const BaselineEntry& entry) {
    return {entry.file, failure_of(entry.code), entry.module, entry.name};
  }

  const std::vector<BaselineEntry>& entries_;
  std::map<Key, std::vector<uint32_t>, std::less<>> left_;
};

class Judge {
 public:
  Judge(const AuditReport& report, const Baseline& baseline, const Rules& rules)
      : report_(report),
        baseline_(baseline),
        rules_(rules),
        pool_(baseline),
        lacked_(report.findings.size()) {
    verdict_.states.assign(baseline.entries.size(), EntryState::kFixed);
  }

  Verdict run() {
    // An entry goes to whom it fits best.
    for (const bool any_cause : {false, true}) {
      for (uint32_t i = 0; i < report_.findings.size(); ++i) {
        const Finding& finding = report_.findings[i];
        if (!may_be_known(finding) || (any_cause && lacked_[i].empty())) continue;
        if (any_cause && (finding.code != kCascade || outside_cause(report_, finding))) continue;
        lacked_[i] = take(finding, any_cause, EntryState::kKnown);
      }
    }
    for (const Finding& finding : report_.findings) {
      if (finding.finding_class == FindingClass::kUnknown) {
        take(finding, true, EntryState::kUndecided);
      }
    }
    for (uint32_t i = 0; i < report_.findings.size(); ++i) {
      if (!fails(report_.findings[i], false)) continue;
      if (!may_be_known(report_.findings[i])) {
        verdict_.failing.push_back(i);
      } else if (lacked_[i].empty()) {
        verdict_.known.push_back(i);
      } else if (fails(report_.findings[i], rules_.fault_only)) {
        verdict_.failing.push_back(i);
        std::ranges::move(lacked_[i], std::back_inserter(verdict_.missing));
      }
    }
    for (size_t i = 0; i < verdict_.states.size(); ++i) {
      EntryState& state = verdict_.states[i];
      if (state == EntryState::kFixed && !rules_.judges(baseline_.entries[i])) {
        state = EntryState::kNotJudged;
      }
    }
    return std::move(verdict_);
  }

 private:
  /// A deferral that has expired is for somebody to decide on, not to be known.
  static bool may_be_known(const Finding& finding) {
    return fails(finding, false) && finding.finding_class != FindingClass::kPolicy;
  }

  /// What it takes for the finding to be known and is not there.
  std::vector<BaselineEntry> take(const Finding& finding, bool any_cause, EntryState state) {
    std::vector<BaselineEntry> lacked;
    for (BaselineEntry& wanted : entries_of(report_, finding)) {
      const uint32_t entry = pool_.take(wanted, any_cause);
      if (entry != kNone) {
        verdict_.states[entry] = state;
      } else {
        lacked.push_back(std::move(wanted));
      }
    }
    return lacked;
  }

  const AuditReport& report_;
  const Baseline& baseline_;
  const Rules& rules_;
  Pool pool_;
  std::vector<std::vector<BaselineEntry>> lacked_;  // by finding
  Verdict verdict_;
};

}  // namespace

bool fails(const Finding& finding, bool fault_only) {
  switch (finding.finding_class) {
    case FindingClass::kFault:
      return true;
    case FindingClass::kEnvironment:
    case FindingClass::kCascade:
      return !fault_only;
    case FindingClass::kOptional:
    case FindingClass::kDeferred:
    case FindingClass::kUnknown:
      return false;
    case FindingClass::kPolicy:
      return finding.severity == Severity::kError;  // an expired deferral
  }
  return false;
}

Verdict judge(const AuditReport& report, const Baseline& baseline, const Rules& rules) {
  return Judge(report, baseline, rules).run();
}

Baseline updated(const Baseline& baseline, const Verdict& verdict) {
  Baseline next;
  next.deep = baseline.deep;
  next.entries = verdict.missing;
  for (size_t i = 0; i < baseline.entries.size(); ++i) {
    if (verdict.states[i] != EntryState::kFixed) next.entries.push_back(baseline.entries[i]);
  }
  put_in_order(next);
  return next;
}

}  // namespace headwater::policy
