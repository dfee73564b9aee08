#include "model/attribution.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace headwater {

namespace {

Caught import_error_caught_by(Guard guard, Raised raised) {
  if (guard.held == HeldImportErrors::kNone) return Caught::kNo;
  if (guard.held == HeldImportErrors::kAll) return Caught::kYes;
  if (raised == Raised::kEitherOfThem) return Caught::kNotKnown;
  const bool is_missing = raised == Raised::kModuleNotFoundError;
  return is_missing == guard.holds_missing() ? Caught::kYes : Caught::kNo;
}

}  // namespace

Caught caught_by(Guard guard, Raised raised) {
  if (is_import_error(raised)) return import_error_caught_by(guard, raised);
  if (!guard.holds_any()) return Caught::kNo;
  const CaughtBesides besides = guard.besides;
  if (raised == Raised::kNotKnown) {
    const bool holds_all = guard.held == HeldImportErrors::kAll && besides == CaughtBesides::kAll;
    return holds_all ? Caught::kYes : Caught::kNotKnown;
  }
  if (besides == CaughtBesides::kNotKnown) return Caught::kNotKnown;
  const bool is_caught = besides == CaughtBesides::kAll ||
                         (besides == CaughtBesides::kException && raised != Raised::kSystemExit);
  return is_caught ? Caught::kYes : Caught::kNo;
}

Raised raised_at(const Attribution& attribution, std::span<const Raised> raised, uint32_t node,
                 uint32_t cause) {
  const auto key = [](const TurnedCause& turned) { return std::pair(turned.node, turned.cause); };
  const auto found = std::ranges::lower_bound(attribution.turned, std::pair(node, cause), {}, key);
  const bool is_there = found != attribution.turned.end() && key(*found) == std::pair(node, cause);
  return is_there ? found->raised : raised[cause];
}

namespace {

/// What a module that fails runs into first: the step, and the node that it leads to.
struct Way {
  ChainStep step{};
  uint32_t next = kNothing;  // kNothing: the step fails by itself
  bool is_clear = false;     // it leads on to the module's first cause
};

Way way_from(const ImportGraph& graph, const Attribution& attribution,
             std::span<const DirectFailure> failures, uint32_t node) {
  const uint32_t cause = attribution.first_cause[node];
  const uint32_t witness = attribution.witness[node];
  if (cause == kNothing || witness == kNothing) return {};
  if (witness & kWitnessIsDirect) {
    const DirectFailure& failure = failures[witness & ~kWitnessIsDirect];
    return {step_of(failure), kNothing, failure.cause == cause};
  }
  const uint32_t next = graph.targets[witness];
  return {{node, graph.statements[witness]}, next, attribution.first_cause[next] == cause};
}

class ChainSearch {
 public:
  ChainSearch(const ImportGraph& graph, const Attribution& attribution,
              std::span<const DirectFailure> failures, std::span<const KnownOutcome> known,
              uint32_t cause)
      : graph_(graph),
        attribution_(attribution),
        failures_(failures),
        known_(known),
        cause_(cause) {}

  /// Follows the first failing statement of each; false where that leads in a circle or elsewhere.
  bool follow(uint32_t node) {
    constexpr size_t kLongest = 100'000;
    while (chain.size() < kLongest && attribution_.first_cause[node] == cause_) {
      if (attribution_.witness[node] == kNothing) return follow_known(node);
      const Way way = way_from(graph_, attribution_, failures_, node);
      chain.push_back(way.step);
      if (way.next == kNothing) return way.is_clear;
      node = way.next;
      if (!seen_.emplace(node, kNothing).second) return false;
    }
    return false;
  }

  /// Breadth first, through modules that have the cause.
  void search(uint32_t start) {
    chain.clear();
    seen_.clear();
    seen_.emplace(start, kNothing);
    std::vector<uint32_t> open{start};
    for (size_t head = 0; head < open.size(); ++head) {
      const uint32_t node = open[head];
      if (const DirectFailure* failure = own_failure(node)) return trace(start, *failure);
      for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
        const uint32_t target = graph_.targets[edge];
        const bool runs = contains(kImportTime, graph_.classes[edge]) && has_cause(target);
        if (!runs || !seen_.emplace(target, edge).second) continue;
        source_of_edge_.emplace(edge, node);
        open.push_back(target);
      }
    }
  }

  std::vector<ChainStep> chain;

 private:
  bool follow_known(uint32_t node) {
    const auto known = std::ranges::lower_bound(known_, node, {}, &KnownOutcome::node);
    if (known == known_.end() || known->node != node) return false;
    chain.insert(chain.end(), known->chain.begin(), known->chain.end());
    return !known->chain.empty();
  }

  bool has_cause(uint32_t node) const {
    return std::ranges::binary_search(attribution_.sets[attribution_.cause_set[node]], cause_);
  }

  const DirectFailure* own_failure(uint32_t node) const {
    auto at = std::ranges::lower_bound(failures_, node, {}, &DirectFailure::node);
    for (; at != failures_.end() && at->node == node; ++at) {
      if (at->cause == cause_ && contains(kImportTime, at->when.runs)) return &*at;
    }
    return nullptr;
  }

  void trace(uint32_t start, const DirectFailure& failure) {
    chain.push_back(step_of(failure));
    for (uint32_t node = failure.node; node != start;) {
      const uint32_t edge = seen_.at(node);
      node = source_of_edge_.at(edge);
      chain.push_back({node, graph_.statements[edge]});
    }
    std::ranges::reverse(chain);
  }

  const ImportGraph& graph_;
  const Attribution& attribution_;
  std::span<const DirectFailure> failures_;
  std::span<const KnownOutcome> known_;
  uint32_t cause_;
  std::unordered_map<uint32_t, uint32_t> seen_;  // to the edge by which it was reached
  std::unordered_map<uint32_t, uint32_t> source_of_edge_;
};

}  // namespace

std::vector<ChainStep> witness_chain(const ImportGraph& graph, const Attribution& attribution,
                                     std::span<const DirectFailure> failures,
                                     std::span<const KnownOutcome> known, uint32_t node,
                                     uint32_t cause) {
  ChainSearch search(graph, attribution, failures, known, cause);
  if (search.follow(node)) return std::move(search.chain);
  // Where no statement fails for the cause, code of the last module does.
  std::vector<ChainStep> followed = search.chain;
  search.search(node);
  return search.chain.empty() ? followed : std::move(search.chain);
}

CutChains::CutChains(const ImportGraph& graph, const Attribution& attribution,
                     std::span<const DirectFailure> failures, std::span<const KnownOutcome> known,
                     size_t most_steps)
    : graph_(graph),
      attribution_(attribution),
      failures_(failures),
      known_(known),
      most_steps_(most_steps),
      ends_(graph.node_count()),
      is_settled_(graph.node_count()) {}

ChainStep CutChains::end_of(uint32_t node) {
  constexpr ChainStep kNowhere{kNothing, kNothing};
  std::vector<uint32_t> passed;
  ChainStep end = kNowhere;
  while (node != kNothing && is_settled_[node] == 0) {
    // If the way comes back here, it leads nowhere.
    is_settled_[node] = 1;
    ends_[node] = kNowhere;
    passed.push_back(node);
    const Way way = way_from(graph_, attribution_, failures_, node);
    if (!way.is_clear) break;
    end = way.next == kNothing ? way.step : kNowhere;
    node = way.next;
  }
  const bool met_settled = node != kNothing && (passed.empty() || node != passed.back());
  if (met_settled) end = ends_[node];
  for (const uint32_t each : passed) ends_[each] = end;
  return end;
}

std::vector<ChainStep> CutChains::cut(std::vector<ChainStep> chain) const {
  if (chain.size() > most_steps_) {
    chain[most_steps_ - 1] = chain.back();
    chain.resize(most_steps_);
  }
  return chain;
}

std::vector<ChainStep> CutChains::of(uint32_t node) {
  std::vector<ChainStep> chain;
  for (uint32_t at = node; at != kNothing;) {
    const Way way = way_from(graph_, attribution_, failures_, at);
    if (!way.is_clear) break;
    chain.push_back(way.step);
    if (way.next == kNothing) return chain;
    at = way.next;
    if (chain.size() + 1 < most_steps_) continue;
    const ChainStep end = end_of(at);
    if (end.node == kNothing) break;
    chain.push_back(end);
    return chain;
  }
  return cut(
      witness_chain(graph_, attribution_, failures_, known_, node, attribution_.first_cause[node]));
}

}  // namespace headwater
