#include "report/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "report/cause_table.h"
#include "report/printable.h"

namespace headwater::report {
namespace {

bool is_about_an_import(const Finding& finding) { return is_about_imports(finding.code); }

/// "All 12 modules import", as far as that is known.
std::string modules_that_import(const AuditSummary& summary) {
  if (summary.uncertain_modules == 0) {
    return summary.modules == 1
               ? "The one module imports"
               : fmt::format("All {} modules import", with_thousands(summary.modules));
  }
  return fmt::format("{} of {} import, {} undecided",
                     with_thousands(summary.modules - summary.uncertain_modules),
                     counted(summary.modules, "module", "modules"),
                     counted(summary.uncertain_modules, "is", "are"));
}

/// What fails the run though no import does.
std::string expired_deferrals(const AuditReport& audit) {
  const auto expired = std::ranges::count_if(audit.findings, [](const Finding& finding) {
    return finding.finding_class == FindingClass::kPolicy && finding.severity == Severity::kError;
  });
  if (expired == 0) return {};
  return counted(static_cast<uint64_t>(expired), "deferral has", "deferrals have") + " expired. ";
}

std::string nothing_fails(const AuditReport& audit) {
  if (audit.baseline && audit.baseline->known != 0) {
    return fmt::format("No import fails but for what {} knows.", printable(audit.baseline->file));
  }
  if (audit.summary.not_selected != 0) return "No import fails for what is selected.";
  const std::array<uint64_t, 7> counts = class_counts(audit);
  if (counts[static_cast<size_t>(FindingClass::kDeferred)] != 0) {
    return "No import is known to fail but for what is deferred.";
  }
  if (!audit.in_doubt.empty()) {
    const size_t others = audit.in_doubt.size() - 1;
    // It may be why, for some of them.
    return fmt::format("No import is known to fail; {} undecided, and {}{}.",
                       counted(audit.summary.uncertain_modules, "module is", "modules are"),
                       printable(audit.in_doubt.front()),
                       others == 0 ? "" : fmt::format(", and {} more", with_thousands(others)));
  }
  const uint64_t undecided = counts[static_cast<size_t>(FindingClass::kUnknown)];
  return undecided == 0 ? "Every import that static reading decides finds its target."
                        : fmt::format("No import is known to fail; {} undecided.",
                                      counted(undecided, "is", "are"));
}

/// The findings that would raise, and those of them that follow from the environment.
struct Failing {
  uint64_t all = 0;
  uint64_t by_environment = 0;
  std::set<int> causes;  // of the environment
};

Failing failing_of(const AuditReport& audit) {
  Failing failing;
  for (const Finding& finding : audit.findings) {
    if (!raises(finding)) continue;
    ++failing.all;
    if (finding.cause < 0) continue;
    const Cause& cause = audit.causes[static_cast<size_t>(finding.cause)];
    if (cause.finding_class != FindingClass::kEnvironment) continue;
    ++failing.by_environment;
    failing.causes.insert(finding.cause);
  }
  return failing;
}

/// What is wrong with the environment as a whole; empty if nothing is known to be.
std::string environment_state(const AuditReport& audit, const Failing& failing) {
  const AuditSummary& summary = audit.summary;
  if (audit.environment_verdict == "damaged") return "The environment is damaged. ";
  // One distribution that many ask for says nothing about the others.
  const bool most_fail = summary.third_party_failing * 2 > summary.third_party_imports;
  const bool is_empty = audit.distributions_present == 0;
  if (!most_fail || (failing.causes.size() < 2 && !is_empty)) return {};
  return fmt::format("The environment is {}: {} of {} third-party imports fail in it. ",
                     is_empty ? "empty" : "wrong or incomplete",
                     with_thousands(summary.third_party_failing),
                     with_thousands(summary.third_party_imports));
}

}  // namespace

std::string harmless_verdict(const AuditReport& audit) {
  if (!audit.failing_modules.empty()) return {};
  std::array<uint64_t, 4> by_when{};
  uint64_t all = 0;
  for (const Finding& finding : audit.findings) {
    if (!raises(finding) || !is_about_an_import(finding)) continue;
    ++by_when[static_cast<size_t>(finding.when)];
    ++all;
  }
  if (all == 0 || by_when[static_cast<size_t>(When::kImport)] != 0) return {};
  constexpr std::array<std::string_view, 4> kWhere = {"", "in calls", "in scripts",
                                                      "for type checkers"};
  std::string text;
  for (size_t i = 0; i < by_when.size(); ++i) {
    if (by_when[i] == 0) continue;
    text += text.empty() ? counted(by_when[i], "import", "imports") + " would fail "
                         : fmt::format(", {} ", with_thousands(by_when[i]));
    text += kWhere[i];
  }
  if (audit.summary.modules == 0) return text + '.';
  return fmt::format("{}; {}.", modules_that_import(audit.summary), text);
}

std::string headline(const AuditReport& audit) {
  const Failing failing = failing_of(audit);
  if (failing.all == 0) return expired_deferrals(audit) + nothing_fails(audit);
  const bool is_environment = failing.by_environment * 2 > failing.all;
  const std::string state = is_environment ? environment_state(audit, failing) : std::string();
  const std::string harmless = harmless_verdict(audit);
  // An environment in which all modules import may be meant so; one that lost files is not.
  if (!harmless.empty())
    return audit.environment_verdict == "damaged" ? state + harmless : harmless;
  if (!is_environment) return {};
  // The plan may begin with a fault that blocks more.
  const bool comes_first = audit.plan.empty() || audit.causes[audit.plan[0].cause].finding_class ==
                                                     FindingClass::kEnvironment;
  const std::string_view them = failing.causes.size() == 1 ? "it" : "them";
  return state + fmt::format("{} of {} failing imports follow from {} of the environment{}.",
                             with_thousands(failing.by_environment), with_thousands(failing.all),
                             counted(failing.causes.size(), "cause", "causes"),
                             comes_first ? fmt::format(": repair {} first", them) : "");
}

}  // namespace headwater::report
