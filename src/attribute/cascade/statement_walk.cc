#include "attribute/cascade/statement_walk.h"

#include <span>

namespace headwater::attribute {

struct StatementWalk::State {
  Judged judged{};
  Guarded guarded = Guarded::kImports;  // the last guarded import
  bool fails = false;                   // by the statement at hand, for the first time
};

StatementWalk::StatementWalk(const CascadeInput& input, const std::vector<uint32_t>& verdicts,
                             const std::vector<uint32_t>& first_cause, CauseSetInterner& sets)
    : input_(input), verdicts_(verdicts), first_cause_(first_cause), sets_(sets) {
  failure_offsets_.assign(input.graph.node_count() + 1, 0);
  for (const DirectFailure& failure : input.failures) ++failure_offsets_[failure.node + 1];
  for (size_t i = 0; i + 1 < failure_offsets_.size(); ++i) {
    failure_offsets_[i + 1] += failure_offsets_[i];
  }
  for (uint32_t cause = 0; cause < input.raised.size(); ++cause) {
    set_of_cause_.push_back(sets.intern(std::span(&cause, 1)));
  }
}

Judged StatementWalk::judge(uint32_t node) const {
  const ImportGraph& graph = input_.graph;
  State state;
  uint32_t failure = failure_offsets_[node];
  const uint32_t failures_end = failure_offsets_[node + 1];
  const uint32_t edges_end = graph.offsets[node + 1];
  for (uint32_t at = graph.offsets[node]; at < edges_end; ++at) {
    // What a statement finds on its way is imported before the rest of it fails; its package,
    // which has no statement, comes before all.
    while (failure < failures_end && graph.statements[at] != kNone &&
           input_.failures[failure].statement < graph.statements[at]) {
      direct(failure++, at, state);
    }
    edge(at, state);
  }
  while (failure < failures_end) direct(failure++, edges_end, state);
  return state.judged;
}

void StatementWalk::edge(uint32_t edge, State& state) const {
  const EdgeClass when = input_.graph.classes[edge];
  const uint32_t target = input_.graph.targets[edge];
  const uint32_t verdict = verdicts_[target];
  // Nearly all of them: nothing changes.
  if (verdict == kImportsSet && when != EdgeClass::kGuarded) return;
  statement(when, verdict, is_failure(verdict) ? first_cause_[target] : kNone, state);
  if (!state.fails) return;
  state.fails = false;
  state.judged.witness = edge;
  state.judged.stop_edge = edge;
}

void StatementWalk::direct(uint32_t failure, uint32_t next_edge, State& state) const {
  const DirectFailure& found = input_.failures[failure];
  const uint32_t verdict = found.cause == kNone ? kUnknownSet : set_of_cause_[found.cause];
  statement(found.when, verdict, found.cause, state);
  if (!state.fails) return;
  state.fails = false;
  state.judged.witness = failure | kWitnessIsDirect;
  state.judged.stop_edge = next_edge;
}

void StatementWalk::statement(EdgeClass when, uint32_t verdict, uint32_t cause,
                              State& state) const {
  bool certain = true;  // that the statement runs, and that what it raises gets out
  switch (when) {
    case EdgeClass::kCall:
    case EdgeClass::kTyping:
      return;
    case EdgeClass::kGuarded: {
      const bool fails = is_failure(verdict);
      const bool caught = !fails || is_caught(cause);
      state.guarded = fails                    ? Guarded::kFails
                      : verdict == kUnknownSet ? Guarded::kUnknown
                                               : Guarded::kImports;
      if (caught) return;
      break;
    }
    case EdgeClass::kFallback:
      if (state.guarded == Guarded::kImports) return;
      certain = state.guarded == Guarded::kFails;
      break;
    case EdgeClass::kElse:
      if (state.guarded == Guarded::kFails) return;
      certain = state.guarded == Guarded::kImports;
      break;
    case EdgeClass::kConditional:
      certain = false;
      break;
    case EdgeClass::kParent:
    case EdgeClass::kImport:
      break;
  }
  Judged& judged = state.judged;
  if (verdict == kImportsSet) return;
  if (!certain || verdict == kUnknownSet) {
    if (judged.verdict == kImportsSet) judged.verdict = kUnknownSet;
    return;
  }
  if (!is_failure(judged.verdict)) {
    judged.verdict = verdict;
    judged.first_cause = cause;
    state.fails = true;
  } else {
    judged.verdict = sets_.united(judged.verdict, verdict);
  }
}

bool StatementWalk::is_caught(uint32_t cause) const {
  const Raised raised = input_.raised[cause];
  return raised == Raised::kModuleNotFoundError || raised == Raised::kImportError;
}

}  // namespace headwater::attribute
