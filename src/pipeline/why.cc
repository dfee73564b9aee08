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

namespace headwater::pipeline {
namespace {

/// Whether what fails there is an import, but no statement: import_module().
bool is_by_name(const FileFacts& facts, const Place& site) {
  return site.cell == 0 && !facts.string_references().empty() &&
         std::ranges::find(facts.imports(), site.line, &Import::line) == facts.imports().end();
}

/// What is no import, a file that does not compile or code that raises, has a line of its own.
void end_at_site(const Attributed& audit, const Cause& cause, std::vector<WhyStep>& chain) {
  if (cause.sites.empty()) return;
  const Place& site = cause.sites.front();
  const auto& files = audit.made.tree.files;
  const auto file = std::ranges::lower_bound(files, site.file, {}, &SourceFile::path);
  const bool is_there = file != files.end() && file->path == site.file;
  const auto number = static_cast<size_t>(file - files.begin());
  const bool is_import = !cause.code.starts_with("HW3") && cause.code != "HW131" &&
                         !(is_there && is_by_name(audit.made.scanned.facts[number], site));
  if (is_import) return;
  if (!chain.empty() && chain.back().place.line == 0) chain.pop_back();
  chain.push_back({site, cause.title, is_there ? audit.made.resolved.module_name[number] : ""});
}

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
    WhyCause why{known.title, known.repair(), known.code, {}};
    for (const ChainStep& step : before) why.chain.push_back(step_of(files, audit, step));
    for (const ChainStep& step : witness_chain(audit.graph, attribution, audit.direct.failures,
                                               audit.direct.known, node, cause)) {
      why.chain.push_back(step_of(files, audit, step));
    }
    end_at_site(audit, known, why.chain);
    answer.causes.push_back(std::move(why));
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
  if (asked.node == kNothing) {
    WhyAnswer answer = why_of_cause(files, audit, subject);
    if (!answer.causes.empty()) return answer;
    return unknown_subject(subject);
  }
  WhyAnswer answer;
  answer.subject = subject;
  answer.unread = unread_because(audit, asked.node);
  if (asked.line != 0 && answer.unread.empty() && !has_statement_at(audit, asked)) {
    return fail(ErrorCode::kUsage, subject,
                "no import begins on that line; give FILE:LINE of one, or FILE for all of them");
  }
  if (asked.line == 0) {
    add_causes(files, audit, asked.node, {}, answer);
  } else {
    add_causes_of_line(files, audit, asked, answer);
  }
  const bool is_undecided = answer.is_unknown && !answer.fails;
  if (is_undecided) answer.undecided = undecided_of(files, audit, asked.node);
  return answer;
}

}  // namespace headwater::pipeline
