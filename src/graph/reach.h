#pragma once

#include <functional>
#include <span>
#include <vector>

#include "model/attribution.h"
#include "model/import_graph.h"

namespace headwater::graph {

/// By node: whether it is reached from one of `starts` by edges of the classes; the starts are.
std::vector<bool> reachable(const ImportGraph& graph, std::span<const uint32_t> starts,
                            EdgeClasses mask);

/// Counts what single nodes reach, up to a bound, and keeps its memory from one to the next.
class ReachCounter {
 public:
  /// `graph` outlives it.
  ReachCounter(const ImportGraph& graph, EdgeClasses mask)
      : graph_(graph), mask_(mask), seen_(graph.node_count()) {}

  /// With `start`. More than `most` if they are more.
  size_t count(uint32_t start, size_t most);

 private:
  const ImportGraph& graph_;
  const EdgeClasses mask_;
  std::vector<uint32_t> seen_;  // by node: the last search that reached it
  std::vector<uint32_t> open_;
  uint32_t serial_ = 0;
};

/// Statements that lead from one to the next, and on to `end`.
struct Way {
  std::vector<ChainStep> steps;  // none: there is no way
  uint32_t end = kNothing;
};
/// A shortest way of one edge or more from `start` to a node that `is_end`, by edges that
/// `leads_on`. It may come back to the start.
Way shortest_way(const ImportGraph& graph, uint32_t start,
                 const std::function<bool(uint32_t edge)>& leads_on,
                 const std::function<bool(uint32_t node)>& is_end);

}  // namespace headwater::graph
