#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/sort_distinct.h"
#include "findings/cascades.h"
#include "model/requirement.h"
#include "pipeline/attributed.h"
#include "pipeline/subjects.h"
#include "pipeline/undecided.h"
#include "pipeline/why_chain.h"
#include "pipeline/why_strings.h"

namespace headwater::pipeline {
namespace {

void add_causes(const FileSystem& files, const Attributed& audit, uint32_t node,
                const std::vector<ChainStep>& before, WhyAnswer& answer) {
  const Attribution& attribution = audit.attribution;
  answer.is_unknown |= attribution.state[node] == ModuleState::kUnknown;
  if (attribution.state[node] != ModuleState::kFails) return;
  answer.fails = true;
  const auto set = attribution.sets[attribution.cause_set[node]];
  std::vector<uint32_t> causes(set.begin(), set.end());
  const auto first = std::ranges::find(causes, attribution.first_cause[node]);
  std::rotate(causes.begin(), first, first + 1);
  for (const uint32_t cause : causes) {
    const Cause& known = audit.direct.causes[cause];
    std::vector<WhyStep> chain;
    for (const ChainStep& step : before) chain.push_back(step_of(files, audit, step));
    add_way_to(files, audit, node, cause, chain);
    answer.causes.push_back({known.title, known.repair(), known.code, std::move(chain)});
  }
}

/// Of one line: the statements that begin there, by themselves and by what they import.
void add_causes_of_line(const FileSystem& files, const Attributed& audit, const Asked& asked,
                        WhyAnswer& answer) {
  const FileFacts* const facts = facts_of(audit, asked.node);
  for (const DirectFailure& failure : audit.direct.failures) {
    if (failure.node != asked.node || failure.statement >= facts->imports().size()) continue;
    if (facts->imports()[failure.statement].line != asked.line) continue;
    if (failure.cause == kNothing) {
      answer.is_unknown = true;
      continue;
    }
    answer.fails = true;
    const Cause& known = audit.direct.causes[failure.cause];
    answer.causes.push_back({known.title,
                             known.repair(),
                             known.code,
                             {step_of(files, audit, {asked.node, failure.statement})}});
  }
  std::set<uint32_t> targets;
  for (uint32_t edge = audit.graph.offsets[asked.node]; edge < audit.graph.offsets[asked.node + 1];
       ++edge) {
    const uint32_t statement = audit.graph.statements[edge];
    if (statement == kNothing || facts->imports()[statement].line != asked.line) continue;
    const uint32_t target = audit.graph.targets[edge];
    if (!targets.insert(target).second || target == asked.node) continue;
    if (audit.graph.classes[edge] == EdgeClass::kConditional) {
      answer.is_unknown |= audit.attribution.state[target] != ModuleState::kImports;
      continue;
    }
    add_causes(files, audit, target, {{asked.node, statement}}, answer);
  }
}

bool has_statement_at(const Attributed& audit, const Asked& asked) {
  const FileFacts* const facts = facts_of(audit, asked.node);
  return facts != nullptr &&
         std::ranges::find(facts->imports(), asked.line, &Import::line) != facts->imports().end();
}

/// Of a subject that no module has: a distribution, or a module that is nowhere. Empty if no cause
/// is about it.
WhyAnswer why_of_cause(const FileSystem& files, const Attributed& audit,
                       const std::string& subject) {
  WhyAnswer answer;
  answer.subject = subject;
  const std::string name = normalized_distribution_name(subject);
  const Attribution& attribution = audit.attribution;
  for (uint32_t number = 0; number < audit.direct.causes.size(); ++number) {
    const Cause& cause = audit.direct.causes[number];
    if (cause.subject != subject && normalized_distribution_name(cause.distribution) != name) {
      continue;
    }
    WhyCause& why = answer.causes.emplace_back();
    why = {cause.title, cause.repair(), cause.code, {}};
    for (const DirectFailure& failure : audit.direct.failures) {
      if (failure.cause != number) continue;
      why.chain.push_back(step_of(files, audit, step_of(failure)));
    }
    for (uint32_t node = 0; node < audit.graph.module_count; ++node) {
      const bool fails = audit.counted[node] && attribution.state[node] == ModuleState::kFails;
      const auto set = attribution.sets[attribution.cause_set[node]];
      if (fails && std::ranges::binary_search(set, number)) {
        answer.blocked.push_back(name_of(audit, node));
      }
    }
  }
  sort_distinct(answer.blocked);
  answer.fails = !answer.blocked.empty();
  answer.is_unknown = !answer.fails;
  return answer;
}

}  // namespace

std::vector<UndecidedModules> undecided_modules(const FileSystem& files, const Attributed& audit) {
  std::map<std::string, UndecidedModules> by_reason;
  for (uint32_t node = 0; node < audit.graph.module_count; ++node) {
    const bool is_undecided = audit.attribution.state[node] == ModuleState::kUnknown;
    if (!audit.counted[node] || !is_undecided) continue;
    WhyCause reason = undecided_of(files, audit, node);
    std::string key = reason.title;
    if (key.empty() && !reason.chain.empty()) {
      const Place& place = reason.chain.back().place;
      key = place.file + '\0' + std::to_string(place.line);
    }
    const auto [known, is_new] = by_reason.try_emplace(std::move(key));
    if (is_new) known->second.reason = std::move(reason);
    known->second.modules.push_back(name_of(audit, node));
  }
  std::vector<UndecidedModules> all;
  for (auto& [key, each] : by_reason) {
    sort_distinct(each.modules);
    all.push_back(std::move(each));
  }
  std::ranges::stable_sort(all, std::greater(),
                           [](const UndecidedModules& each) { return each.modules.size(); });
  return all;
}

Result<WhyAnswer> answer_why(const FileSystem& files, const Attributed& audit,
                             const std::string& subject) {
  const Asked asked = find_subject(audit, subject);
  if (asked.node == kNothing && asked.file.empty()) {
    WhyAnswer answer = why_of_cause(files, audit, subject);
    if (!answer.causes.empty()) return answer;
    return unknown_subject(subject);
  }
  WhyAnswer answer;
  answer.subject = subject;
  const bool is_source = asked.node != kNothing;
  if (is_source) answer.unread = unread_because(audit, asked.node);
  if (!answer.unread.empty()) return answer;
  const std::vector<uint32_t> strings = strings_at(audit, asked);
  const bool has_statement = is_source && (asked.line == 0 || has_statement_at(audit, asked));
  if (asked.line != 0 && !has_statement && strings.empty()) {
    return fail(
        ErrorCode::kUsage, subject,
        "no import begins on that line, and no string on it is known to name code (of paths: "
        "--select HW42); give FILE:LINE of one, or FILE for all of them");
  }
  if (has_statement && asked.line == 0) {
    add_causes(files, audit, asked.node, {}, answer);
  } else if (has_statement) {
    add_causes_of_line(files, audit, asked, answer);
  }
  const bool is_undecided = answer.is_unknown && !answer.fails;
  if (is_undecided) answer.undecided = undecided_of(files, audit, asked.node);
  answer.only_strings = !has_statement;
  add_strings(files, audit, strings, answer);
  return answer;
}

}  // namespace headwater::pipeline
