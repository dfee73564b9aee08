#include "findings/causes.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/sort_distinct.h"
#include "findings/kinds.h"
#include "findings/repair.h"

namespace headwater::findings {
namespace {

void set_repair(const World& world, const Judgement& first, Cause& cause) {
  if (cause.code.starts_with("HW5")) {
    cause.fix_command = repair_command(world, cause.code, cause.distribution, first.declared_in);
    cause.fix_text = first.finding.suggestion;
    return;
  }
  if (!cause.distribution.empty() && cause.finding_class != FindingClass::kUnknown) {
    const bool is_named_only = cause.code == "HW401" && !first.declared_in.empty();
    const bool is_present = cause.kind != "missing-distribution" && !is_named_only;
    cause.fix_command = repair_command(world, cause.code, cause.distribution, first.declared_in);
    cause.fix_text = fmt::format("{} {}", is_present ? "reinstall" : "install", cause.distribution);
    return;
  }
  if (cause.code == "HW203") {
    cause.fix_text = "create the environment, or name it with --env";
  } else if (cause.code == "HW104" && first.finding.suggestion.empty()) {
    cause.fix_text = "declare and install what provides it, or correct the name";
  } else {
    const Finding& finding = first.finding;
    cause.fix_text = !first.cause_repair.empty()  ? first.cause_repair
                     : finding.suggestion.empty() ? finding.message
                                                  : finding.suggestion;
  }
}

const World& world_of(const World& main, const Judgement& judged) {
  if (judged.installed == UINT32_MAX) return main.in(judged.finding.file);
  return main.of_environment(main.resolved.installed[judged.installed].environment);
}

/// What is wrong in a project's own environment is a cause of its own, and says so.
void name_environment(const World& own, Judgement& judged) {
  const std::string_view code = judged.finding.code;
  if (own.environment_number == 0 || !code.starts_with("HW2")) return;
  const std::string& folder = own.project_environments[own.environment_number - 1].folder;
  judged.subject = folder + ": " + judged.subject;
  judged.finding.message = folder + ": " + judged.finding.message;
}

using CauseKey = std::pair<std::string_view, std::string_view>;  // code and subject

struct CauseKeyHash {
  size_t operator()(const CauseKey& key) const {
    const std::hash<std::string_view> hash;
    return (hash(key.first) * 0x9E3779B97F4A7C15ull) ^ hash(key.second);
  }
};

}  // namespace

std::vector<Cause> number_causes(const World& world, std::vector<Judgement>& judgements) {
  for (Judgement& made : judgements) name_environment(world_of(world, made), made);
  std::unordered_map<CauseKey, int, CauseKeyHash> numbers;
  std::vector<const int*> number_of;  // by judgement
  number_of.reserve(judgements.size());
  for (const Judgement& made : judgements) {
    number_of.push_back(&numbers[CauseKey(made.finding.code, made.subject)]);
  }
  std::vector<CauseKey> keys;
  for (const auto& [key, number] : numbers) keys.push_back(key);
  std::ranges::sort(keys);
  for (size_t i = 0; i < keys.size(); ++i) numbers[keys[i]] = static_cast<int>(i);
  std::vector<Cause> causes(numbers.size());
  for (size_t i = 0; i < judgements.size(); ++i) {
    Judgement& made = judgements[i];
    Finding& finding = made.finding;
    finding.cause = *number_of[i];
    Cause& cause = causes[static_cast<size_t>(finding.cause)];
    if (cause.code.empty()) {
      const FindingKind& kind = finding_kind(finding.code);
      cause.kind = kind.cause_kind;
      cause.subject = made.subject;
      cause.distribution = made.distribution;
      cause.code = finding.code;
      cause.finding_class = kind.finding_class;
      cause.title = made.cause_title.empty() ? finding.message : made.cause_title;
      cause.confidence = "certain";
      set_repair(world_of(world, made), made, cause);
    }
    if (finding.finding_class == FindingClass::kOptional) continue;
    if (finding.confidence != "certain") cause.confidence = finding.confidence;
    cause.sites.push_back({finding.file, finding.line, finding.cell});
    cause.in_repository |=
        made.installed == UINT32_MAX && finding.finding_class != FindingClass::kUnknown;
  }
  for (Cause& cause : causes) {
    sort_distinct(cause.sites);
  }
  return causes;
}

}  // namespace headwater::findings
