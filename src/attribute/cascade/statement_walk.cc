#include "attribute/cascade/statement_walk.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <utility>

#include "base/sort_distinct.h"

namespace headwater::attribute {
namespace {

/// Whether such a statement runs depends on what ran before, or what it comes to on a guard.
bool is_of_try(EdgeKind kind) {
  return kind.guard.holds_any() || kind.runs == EdgeClass::kFallback ||
         kind.runs == EdgeClass::kElse;
}

/// What a handler that ends the module makes of an ImportError.
std::optional<Raised> made_by_handler(Guard guard) {
  switch (guard.raises) {
    case RaisedKind::kImportError:
      return std::nullopt;
    case RaisedKind::kAnotherImportError:
      return Raised::kEitherOfThem;
    case RaisedKind::kException:
      return Raised::kException;
    case RaisedKind::kExit:
      return Raised::kSystemExit;
    case RaisedKind::kNotKnown:
      break;
  }
  return Raised::kNotKnown;
}

/// What may not be there raises a ModuleNotFoundError, if anything; what a target does that is
/// undecided raises an ImportError of which class nobody knows.
Caught caught_of_unknown(Guard guard, uint32_t target) {
  const bool holds =
      target == kNothing ? guard.holds_missing() : guard.held == HeldImportErrors::kAll;
  return holds ? Caught::kYes : Caught::kNotKnown;
}

}  // namespace

std::optional<Raised> turned_into(const Turned& turned, const CauseSetInterner& sets,
                                  uint32_t cause) {
  for (size_t i = 0; i < turned.size(); ++i) {
    if (std::ranges::binary_search(sets[turned[i]], cause)) return kTurnedInto[i];
  }
  return std::nullopt;
}

struct StatementWalk::State {
  uint32_t node;
  Judged judged{};
  /// Statements of a `try`, its handlers and its `else` that do not simply import.
  std::vector<std::pair<uint32_t, Outcome>> outcomes{};

  void note(uint32_t statement, Outcome outcome) {
    if (outcome == Outcome::kImports) return;
    if (outcomes.empty() || outcomes.back().first != statement) {
      outcomes.emplace_back(statement, outcome);
    }
    Outcome& noted = outcomes.back().second;
    if (noted < Outcome::kFails) noted = std::max(noted, outcome);
  }
  Outcome outcome_of(uint32_t statement) const {
    const auto found = std::ranges::find(outcomes, statement, &std::pair<uint32_t, Outcome>::first);
    return found == outcomes.end() ? Outcome::kImports : found->second;
  }
  bool fails = false;  // by the statement at hand, for the first time
  /// What further statements come to, besides judged.verdict. United once, at the end: the sets on
  /// the way there would take the square of the number of statements.
  std::vector<uint32_t> further{};
  std::array<std::vector<uint32_t>, kTurnedInto.size()> turned{};  // causes, by place there
};

StatementWalk::StatementWalk(const CascadeInput& input, const std::vector<uint32_t>& verdicts,
                             const std::vector<uint32_t>& first_cause,
                             const std::vector<Turned>& turned, CauseSetInterner& sets)
    : input_(input), verdicts_(verdicts), first_cause_(first_cause), turned_(turned), sets_(sets) {
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
  State state{node};
  uint32_t failure = failure_offsets_[node];
  const uint32_t failures_end = failure_offsets_[node + 1];
  const uint32_t edges_end = graph.offsets[node + 1];
  for (uint32_t at = graph.offsets[node]; at < edges_end; ++at) {
    // What a statement finds on its way is imported before the rest of it fails; its package,
    // which has no statement, comes before all.
    while (failure < failures_end && graph.statements[at] != kNothing &&
           (input_.failures[failure].is_of_file ||
            input_.failures[failure].statement < graph.statements[at])) {
      direct(failure++, at, state);
    }
    edge(at, state);
  }
  while (failure < failures_end) direct(failure++, edges_end, state);
  unite(state);
  const auto set_of = [&](std::vector<uint32_t>& causes) {
    sort_distinct(causes);
    return causes.empty() ? kImportsSet : sets_.intern(causes);
  };
  std::ranges::transform(state.turned, state.judged.turned.begin(), set_of);
  return state.judged;
}

void StatementWalk::unite(State& state) const {
  std::vector<uint32_t>& further = state.further;
  if (further.empty()) return;
  further.push_back(state.judged.verdict);
  sort_distinct(further);
  // Few sets are united one by one, the largest first: it mostly holds the others, and unions of
  // two are remembered.
  constexpr size_t kFew = 64;
  if (further.size() <= kFew) {
    std::ranges::sort(further, std::greater<>(), [&](uint32_t set) { return sets_[set].size(); });
    uint32_t all = further.front();
    for (const uint32_t set : std::span(further).subspan(1)) all = sets_.united(all, set);
    state.judged.verdict = all;
    return;
  }
  std::vector<uint32_t> causes;
  for (const uint32_t set : further) {
    causes.insert(causes.end(), sets_[set].begin(), sets_[set].end());
  }
  sort_distinct(causes);
  state.judged.verdict = sets_.intern(causes);
}

void StatementWalk::edge(uint32_t edge, State& state) const {
  const EdgeKind when = input_.graph.kind(edge);
  const uint32_t target = input_.graph.targets[edge];
  const uint32_t verdict = as_seen_by(state.node, verdicts_[target]);
  // Nearly all of them: nothing changes.
  if (verdict == kImportsSet && !is_of_try(when)) return;
  uint32_t cause = is_failure(verdict) ? first_cause_[target] : kNothing;
  if (verdict != verdicts_[target] && is_failure(verdict) &&
      !std::ranges::binary_search(sets_[verdict], cause)) {
    cause = sets_[verdict].front();
  }
  statement({input_.graph.statements[edge], when, target, verdict, cause}, state);
  if (!state.fails) return;
  state.fails = false;
  state.judged.witness = edge;
  state.judged.stop_edge = edge;
}

uint32_t StatementWalk::as_seen_by(uint32_t node, uint32_t verdict) const {
  const EntryCauses& cycles = input_.entry_causes;
  if (cycles.causes.empty() || !is_failure(verdict)) return verdict;
  std::vector<uint32_t> causes(sets_[verdict].begin(), sets_[verdict].end());
  const std::vector<uint32_t>& strike = cycles.strike[cycles.entered[node]];
  std::erase_if(causes, [&](uint32_t cause) {
    return std::ranges::binary_search(cycles.causes, cause) &&
           !std::ranges::binary_search(strike, cause);
  });
  return causes.size() == sets_[verdict].size() ? verdict : sets_.intern(causes);
}

void StatementWalk::direct(uint32_t failure, uint32_t next_edge, State& state) const {
  const DirectFailure& found = input_.failures[failure];
  const uint32_t verdict = found.cause == kNothing ? kUnknownSet : set_of_cause_[found.cause];
  statement({found.statement, found.when, kNothing, verdict, found.cause}, state);
  if (!state.fails) return;
  state.fails = false;
  state.judged.witness = failure | kWitnessIsDirect;
  state.judged.stop_edge = next_edge;
}

void StatementWalk::statement(const Met& met, State& state) const {
  const EdgeKind when = met.when;
  uint32_t verdict = met.verdict;
  if (!contains(kImportTime, when.runs)) return;
  bool certain = when.runs != EdgeClass::kConditional;
  if (is_of_try(when)) {
    const Reached is_reached = reached(met.statement, when.guard, state);
    const Caught caught =
        is_failure(verdict) ? is_caught(met, met.cause) : caught_of_unknown(when.guard, met.target);
    const bool is_guarded = when.guard.holds_any();
    state.note(met.statement, is_reached == Reached::kNo                  ? Outcome::kNotReached
                              : is_reached == Reached::kUnknown           ? Outcome::kUnknown
                              : verdict == kUnknownSet                    ? Outcome::kUnknown
                              : verdict == kImportsSet                    ? Outcome::kImports
                              : is_guarded && caught == Caught::kNotKnown ? Outcome::kUnknown
                              : is_guarded && caught == Caught::kNo       ? Outcome::kEscapes
                                                                          : Outcome::kFails);
    if (is_reached == Reached::kNo) return;
    // Nothing gets out of a guard that catches it.
    if (is_guarded && caught == Caught::kYes) return;
    certain = is_reached == Reached::kYes && (!is_guarded || caught == Caught::kNo);
    if (is_guarded && caught == Caught::kNo) verdict = past_guard(met);
  }
  Judged& judged = state.judged;
  if (verdict == kImportsSet) return;
  if (!certain || verdict == kUnknownSet) {
    if (judged.verdict == kImportsSet) judged.verdict = kUnknownSet;
    return;
  }
  note_turned(met, state);
  if (!is_failure(judged.verdict)) {
    judged.verdict = verdict;
    judged.first_cause = met.cause;
    state.fails = true;
  } else if (verdict != judged.verdict) {
    state.further.push_back(verdict);
  }
}

/// The causes that get out of a guard: once these are mended, it catches what is left.
uint32_t StatementWalk::past_guard(const Met& met) const {
  if (!is_failure(met.verdict)) return met.verdict;
  const auto all = sets_[met.verdict];
  std::vector<uint32_t> causes(all.begin(), all.end());
  std::erase_if(causes, [&](uint32_t cause) { return is_caught(met, cause) == Caught::kYes; });
  return causes.size() == all.size() ? met.verdict : sets_.intern(causes);
}

StatementWalk::Reached StatementWalk::reached(uint32_t statement, Guard guard,
                                              const State& state) const {
  const std::vector<Protected>& all = input_.graph.protected_by;
  const auto found = std::ranges::lower_bound(
      all, std::pair(state.node, statement), {},
      [](const Protected& each) { return std::pair(each.node, each.statement); });
  const bool is_there =
      found != all.end() && found->node == state.node && found->statement == statement;
  if (!is_there) return guard.holds_any() ? Reached::kYes : Reached::kUnknown;
  // The first import of the body that does not work decides; they stand here in reverse.
  Outcome guarded = Outcome::kImports;
  for (auto each = found;
       each != all.end() && each->node == state.node && each->statement == statement; ++each) {
    const Outcome outcome = state.outcome_of(each->guarded);
    if (outcome != Outcome::kImports && outcome != Outcome::kNotReached) guarded = outcome;
  }
  if (guarded == Outcome::kUnknown || found->runs == Protected::Runs::kUnknown) {
    return Reached::kUnknown;
  }
  const Outcome wanted =
      found->runs == Protected::Runs::kIfItFails ? Outcome::kFails : Outcome::kImports;
  return guarded == wanted ? Reached::kYes : Reached::kNo;
}

Caught StatementWalk::is_caught(const Met& met, uint32_t cause) const {
  return caught_by(met.when.guard, raised_by(met, cause));
}

Raised StatementWalk::raised_by(const Met& met, uint32_t cause) const {
  if (met.target != kNothing) {
    const std::optional<Raised> raised = turned_into(turned_[met.target], sets_, cause);
    if (raised) return *raised;
  }
  return input_.raised[cause];
}

/// What its first statement makes of a cause is what the node raises for it.
void StatementWalk::note_turned(const Met& met, State& state) const {
  const std::optional<Raised> here = made_by_handler(met.when.guard);
  const bool is_turned_before = met.target != kNothing && turned_[met.target] != Turned{};
  if (!here && !is_turned_before) return;
  for (const uint32_t cause : sets_[met.verdict]) {
    const uint32_t before = state.judged.verdict;
    if (is_failure(before) && std::ranges::binary_search(sets_[before], cause)) continue;
    Raised raised = raised_by(met, cause);
    if (here && is_import_error(raised)) raised = *here;
    const auto place = std::ranges::find(kTurnedInto, raised) - kTurnedInto.begin();
    if (place < std::ssize(kTurnedInto)) state.turned[static_cast<size_t>(place)].push_back(cause);
  }
}

}  // namespace headwater::attribute
