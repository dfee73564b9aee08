#include "attribute/cascade/cascade.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cassert>

#include "attribute/cascade/cause_set_interner.h"
#include "attribute/cascade/cycle_entry.h"
#include "attribute/cascade/statement_walk.h"

namespace headwater::attribute {
namespace {

/// Levels with fewer components than this are not worth a task: a chain has a level per module.
constexpr size_t kSmallestParallelLevel = 1024;

class Cascade {
 public:
  explicit Cascade(const CascadeInput& input)
      : input_(input),
        count_(input.graph.node_count()),
        verdicts_(count_, kImportsSet),
        first_cause_(count_, kNothing),
        witness_(count_, kNothing),
        turned_(count_),
        local_(input.condensation.component_count() == count_ ? 0 : count_),
        is_known_(input.known.empty() ? 0 : count_),
        walk_(input, verdicts_, first_cause_, turned_, sets_) {}

  Attribution run() {
    take_known();
    const Condensation& condensation = input_.condensation;
    for (size_t level = 0; level < condensation.level_count(); ++level) {
      const uint32_t begin = condensation.level_offsets[level];
      const uint32_t end = condensation.level_offsets[level + 1];
      const auto settle_range = [&](uint32_t first, uint32_t last) {
        for (uint32_t component = first; component < last; ++component) settle(component);
      };
      if (end - begin < kSmallestParallelLevel) {
        settle_range(begin, end);
      } else {
        tbb::parallel_for(tbb::blocked_range<uint32_t>(begin, end, kSmallestParallelLevel / 4),
                          [&](const auto& range) { settle_range(range.begin(), range.end()); });
      }
    }
    return finish();
  }

 private:
  enum Known : uint8_t { kOpen, kComplete, kIncomplete };

  bool is_known(uint32_t node) const { return !is_known_.empty() && is_known_[node] != 0; }

  void take_known() {
    for (const KnownOutcome& known : input_.known) {
      is_known_[known.node] = known.is_complete ? kComplete : kIncomplete;
      if (known.state == ModuleState::kUnknown) verdicts_[known.node] = kUnknownSet;
      if (known.state != ModuleState::kFails) continue;
      assert(!known.causes.empty() && "a module that fails has a cause");
      std::vector<uint32_t> causes = known.causes;
      std::ranges::sort(causes);
      verdicts_[known.node] = sets_.intern(causes);
      first_cause_[known.node] = known.causes.front();
    }
  }

  void settle(uint32_t component) {
    const auto members = input_.condensation.of(component);
    if (members.size() > 1) return settle_cycle(members);
    if (is_known(members[0])) {
      add_to_known(members[0]);
      return;
    }
    const Judged judged = walk_.judge(members[0]);
    set(members[0], judged.verdict, judged);
  }

  /// Of one that fails: what its handlers make of its causes and, where these are not complete,
  /// further ones. Of one that imports and is not complete, whether its statements can be decided.
  /// Whether anything is another than before.
  bool add_to_known(uint32_t node) {
    const uint32_t before = verdicts_[node];
    const bool is_open = before == kImportsSet && is_known_[node] == kIncomplete;
    if (!is_failure(before) && !is_open) return false;
    const Judged own = walk_.judge(node);
    if (is_open) {
      if (own.verdict == kUnknownSet) verdicts_[node] = kUnknownSet;
      return verdicts_[node] != before;
    }
    const bool adds = is_known_[node] == kIncomplete && is_failure(own.verdict);
    if (adds) verdicts_[node] = sets_.united(before, own.verdict);
    const bool is_turned = turned_[node] != own.turned;
    turned_[node] = own.turned;
    return is_turned || verdicts_[node] != before;
  }

  void set(uint32_t node, uint32_t verdict, const Judged& judged) {
    verdicts_[node] = verdict;
    first_cause_[node] = judged.first_cause;
    witness_[node] = judged.witness;
    turned_[node] = judged.turned;
  }

  /// The members fall apart again where only guards hold them together.
  void settle_cycle(std::span<const uint32_t> members) {
    std::vector<uint32_t> open;
    std::vector<uint32_t> known;
    for (const uint32_t node : members) {
      local_[node] = kNothing;
      if (is_known(node)) {
        known.push_back(node);
        continue;
      }
      local_[node] = static_cast<uint32_t>(open.size());
      open.push_back(node);
    }
    const uint32_t component = input_.condensation.component[members[0]];
    std::vector<uint32_t> offsets{0};
    std::vector<uint32_t> targets;
    const ImportGraph& graph = input_.graph;
    for (const uint32_t node : open) {
      for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
        const uint32_t target = graph.targets[edge];
        if (!is_hard(graph.kind(edge))) continue;
        if (input_.condensation.component[target] != component || local_[target] == kNothing)
          continue;
        targets.push_back(local_[target]);
      }
      offsets.push_back(static_cast<uint32_t>(targets.size()));
    }
    const StrongComponents parts = strong_components({offsets, targets});
    // Targets come first, but for those of guarded statements, whose errors a guard may let
    // through, and of conditional ones: they go one such statement back in a pass. What is not
    // settled in time stays unknown.
    constexpr size_t kMostJudged = 1'000'000;
    bool changes = true;
    for (size_t judged = 0; judged <= kMostJudged && changes; judged += members.size()) {
      changes = false;
      for (uint32_t part = 0; part < parts.component_count(); ++part) {
        changes |= settle_part(open, parts.of(part));
      }
      changes = changes && any_was_early(open, parts);
      for (const uint32_t node : known) changes |= add_to_known(node);
    }
    if (!changes) return;
    for (const uint32_t node : open) {
      if (verdicts_[node] == kImportsSet) verdicts_[node] = kUnknownSet;
    }
  }

  /// Whether a statement that is guarded or conditional was judged before its target, which fails
  /// or is not known to import.
  bool any_was_early(std::span<const uint32_t> open, const StrongComponents& parts) const {
    if (open.empty()) return false;
    const ImportGraph& graph = input_.graph;
    const uint32_t component = input_.condensation.component[open[0]];
    for (uint32_t at = 0; at < open.size(); ++at) {
      for (uint32_t edge = graph.offsets[open[at]]; edge < graph.offsets[open[at] + 1]; ++edge) {
        const uint32_t target = graph.targets[edge];
        const bool imports = verdicts_[target] == kImportsSet;
        if (!contains(kImportTime, graph.classes[edge]) || imports) continue;
        if (input_.condensation.component[target] != component || local_[target] == kNothing) {
          continue;
        }
        if (parts.component[local_[target]] > parts.component[at]) return true;
      }
    }
    return false;
  }

  /// Members of a cycle that reach each other by statements that nothing guards. Whether their
  /// verdict is another than before.
  bool settle_part(std::span<const uint32_t> open, std::span<const uint32_t> part) {
    const uint32_t before = verdicts_[open[part[0]]];
    if (is_failure(before)) return add_to_part(open, part, before);
    std::vector<Judged> judged;
    uint32_t verdict = kImportsSet;
    Turned turned{};
    bool any_unknown = false;
    for (const uint32_t at : part) {
      const Judged& own = judged.emplace_back(walk_.judge(open[at]));
      any_unknown |= own.verdict == kUnknownSet;
      for (size_t i = 0; i < turned.size(); ++i) {
        turned[i] = sets_.united(turned[i], own.turned[i]);
      }
      if (own.verdict != kUnknownSet) verdict = sets_.united(verdict, own.verdict);
    }
    if (verdict == kImportsSet && any_unknown) verdict = kUnknownSet;
    std::vector<uint32_t> nodes;
    for (const uint32_t at : part) nodes.push_back(open[at]);
    if (is_failure(verdict)) {
      find_first_causes(input_.graph, nodes, sets_[verdict].size(), judged);
    }
    for (size_t i = 0; i < nodes.size(); ++i) {
      set(nodes[i], verdict, judged[i]);
      turned_[nodes[i]] = turned;
    }
    return verdict != before;
  }

  /// Of a part that fails already: witnesses stay, or they could lead in a circle.
  bool add_to_part(std::span<const uint32_t> open, std::span<const uint32_t> part,
                   uint32_t before) {
    uint32_t verdict = before;
    for (const uint32_t at : part) {
      const uint32_t own = walk_.judge(open[at]).verdict;
      if (is_failure(own)) verdict = sets_.united(verdict, own);
    }
    for (const uint32_t at : part) verdicts_[open[at]] = verdict;
    return verdict != before;
  }

  Attribution finish();

  const CascadeInput& input_;
  const size_t count_;
  CauseSetInterner sets_;
  std::vector<uint32_t> verdicts_;
  std::vector<uint32_t> first_cause_;
  std::vector<uint32_t> witness_;
  std::vector<Turned> turned_;
  std::vector<uint32_t> local_;  // by node, while its cycle is settled; kNothing: known
  std::vector<uint8_t> is_known_;
  StatementWalk walk_;
};

/// Gives the sets numbers that depend on the graph alone, and counts.
Attribution Cascade::finish() {
  Attribution made;
  made.state.resize(count_);
  for (uint32_t node = 0; node < count_; ++node) {
    if (turned_[node] == Turned{} || !is_failure(verdicts_[node])) continue;
    for (const uint32_t cause : sets_[verdicts_[node]]) {
      const std::optional<Raised> raised = turned_into(turned_[node], sets_, cause);
      if (raised) made.turned.push_back({node, cause, *raised});
    }
  }
  std::vector<uint32_t> number(sets_.size(), kNothing);
  number[0] = 0;
  std::vector<uint32_t> offsets{0, 0};
  std::vector<uint32_t> causes;
  made.victims.assign(1, 0);
  for (size_t node = 0; node < count_; ++node) {
    uint32_t& verdict = verdicts_[node];
    made.state[node] = state_of(verdict);
    if (verdict == kUnknownSet) verdict = kImportsSet;
    if (number[verdict] == kNothing) {
      number[verdict] = static_cast<uint32_t>(made.victims.size());
      const auto set = sets_[verdict];
      causes.insert(causes.end(), set.begin(), set.end());
      offsets.push_back(static_cast<uint32_t>(causes.size()));
      made.victims.push_back(0);
    }
    verdict = number[verdict];
    const bool counts = input_.is_counted.empty() || input_.is_counted[node] != 0;
    if (counts && verdict != 0) ++made.victims[verdict];
  }
  made.sets = CauseSets(std::move(offsets), std::move(causes));
  made.sole.assign(input_.raised.size(), 0);
  made.shared.assign(input_.raised.size(), 0);
  for (uint32_t set = 1; set < made.sets.size(); ++set) {
    const auto members = made.sets[set];
    auto& counts = members.size() == 1 ? made.sole : made.shared;
    for (const uint32_t cause : members) counts[cause] += made.victims[set];
  }
  made.first_cause = std::move(first_cause_);
  made.cause_set = std::move(verdicts_);
  made.witness = std::move(witness_);
  return made;
}

}  // namespace

Attribution cascade(const CascadeInput& input) { return Cascade(input).run(); }

}  // namespace headwater::attribute
