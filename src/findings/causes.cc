#include "findings/causes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "findings/kinds.h"
#include "findings/repair.h"

namespace headwater::findings {
namespace {

void set_repair(const World& world, const Judgement& first, Cause& cause) {
  if (!cause.distribution.empty() && cause.finding_class != FindingClass::kUnknown) {
    const bool is_present = cause.kind != "missing-distribution";
    cause.fix_command = repair_command(world, cause.code, cause.distribution, first.declared_in);
    cause.fix_text = fmt::format("{} {}", is_present ? "reinstall" : "install", cause.distribution);
    return;
  }
  if (cause.code == "HW203") {
    cause.fix_text = "create the environment, or name it with --env";
  } else {
    const Finding& finding = first.finding;
    cause.fix_text = finding.suggestion.empty() ? finding.message : finding.suggestion;
  }
}

/// Findings of the same kind, subject and class fall with the same repair.
using CauseKey = std::tuple<std::string_view, std::string, FindingClass>;

}  // namespace

void group_by_cause(const World& world, const std::vector<Judgement>& judgements,
                    AuditReport& report) {
  std::map<std::string_view, std::string_view> module_of_path;
  for (uint32_t i = 0; i < world.tree.files.size(); ++i) {
    module_of_path.emplace(world.tree.files[i].path, world.resolved.module_name[i]);
  }
  std::map<CauseKey, Cause> causes;
  std::map<CauseKey, std::set<std::string>> blocked;
  for (const Judgement& made : judgements) {
    const auto index = static_cast<uint32_t>(report.findings.size());
    const Finding& finding = report.findings.emplace_back(made.finding);
    if (finding.finding_class == FindingClass::kOptional) continue;
    const FindingKind& kind = finding_kind(finding.code);
    const CauseKey key(kind.code, made.subject, finding.finding_class);
    const auto [at, is_new] = causes.try_emplace(key);
    Cause& cause = at->second;
    if (is_new) {
      cause.kind = kind.cause_kind;
      cause.subject = made.subject;
      cause.distribution = made.distribution;
      cause.code = finding.code;
      cause.finding_class = finding.finding_class;
      set_repair(world, made, cause);
    }
    cause.findings.push_back(index);
    const std::string_view module = module_of_path[finding.file];
    if (made.raises && finding.when == When::kImport && !module.empty())
      blocked[key].emplace(module);
  }
  for (auto& [key, cause] : causes) {
    cause.blocked_modules.assign(blocked[key].begin(), blocked[key].end());
    report.causes.push_back(std::move(cause));
  }
  std::ranges::stable_sort(report.causes, [](const Cause& a, const Cause& b) {
    const auto rank = [](const Cause& cause) {
      return std::tuple(cause.finding_class == FindingClass::kUnknown,
                        -static_cast<long>(cause.blocked_modules.size()),
                        -static_cast<long>(cause.findings.size()));
    };
    return std::tuple(rank(a), a.subject, a.code) < std::tuple(rank(b), b.subject, b.code);
  });
  for (uint32_t i = 0; i < report.causes.size(); ++i) {
    for (const uint32_t finding : report.causes[i].findings) {
      report.findings[finding].cause = static_cast<int>(i);
    }
  }
}

}  // namespace headwater::findings
