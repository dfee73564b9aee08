#pragma once

#include <functional>
#include <span>
#include <vector>

#include "model/attribution.h"
#include "model/import_graph.h"

namespace headwater::graph {

/// Who imports what: the edges of the classes turned around, in compressed sparse rows. The
/// sources of one target are ascending.
struct Importers {
  std::vector<uint32_t> offsets{0};  // |V| + 1
  std::vector<uint32_t> sources;
  std::vector<uint32_t> edges;  // into the graph

  std::span<const uint32_t> of(uint32_t node) const {
    return std::span(sources).subspan(offsets[node], offsets[node + 1] - offsets[node]);
  }
};
Importers importers(const ImportGraph& graph, EdgeClasses mask);

/// By node: whether it is reached from one of `starts` by edges of the classes; the starts are.
std::vector<bool> reachable(const ImportGraph& graph, std::span<const uint32_t> starts,
                            EdgeClasses mask);
/// By node: whether one of `starts` is reached from it; the starts are.
std::vector<bool> reaching(const Importers& importers, std::span<const uint32_t> starts);

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
