#pragma once

#include <algorithm>
#include <random>
#include <vector>

#include "model/import_graph.h"

namespace headwater {

inline constexpr EdgeKind kGuarded{EdgeClass::kImport, Guard{HeldImportErrors::kAll}};
inline constexpr EdgeKind kGuardedOthers{EdgeClass::kImport, Guard{HeldImportErrors::kOthers}};

struct Edge {
  uint32_t from;
  uint32_t to;
  EdgeKind when = EdgeClass::kImport;
  uint32_t statement = kNothing;  // kNothing: as many as stand before it
};

/// Edges of one node in the order in which they are given.
inline ImportGraph graph_of(uint32_t nodes, std::vector<Edge> edges) {
  std::ranges::stable_sort(edges, {}, &Edge::from);
  ImportGraph graph;
  graph.module_count = nodes;
  graph.file.assign(nodes, kNothing);
  graph.offsets.assign(nodes + 1, 0);
  for (const Edge& edge : edges) ++graph.offsets[edge.from + 1];
  for (uint32_t i = 0; i < nodes; ++i) graph.offsets[i + 1] += graph.offsets[i];
  for (const Edge& edge : edges) {
    const auto before = static_cast<uint32_t>(graph.targets.size()) - graph.offsets[edge.from];
    graph.targets.push_back(edge.to);
    graph.classes.push_back(edge.when.runs);
    graph.guards.push_back(edge.when.guard);
    graph.statements.push_back(edge.when.runs == EdgeClass::kParent ? kNothing
                               : edge.statement == kNothing         ? before
                                                                    : edge.statement);
  }
  return graph;
}

inline ImportGraph random_graph(std::mt19937& random, size_t nodes, size_t edge_count) {
  constexpr EdgeKind kKinds[] = {
      EdgeClass::kImport, EdgeClass::kImport,   EdgeClass::kImport,     kGuarded,
      EdgeClass::kCall,   EdgeClass::kFallback, EdgeClass::kConditional};
  std::vector<Edge> edges;
  for (size_t i = 0; i < edge_count; ++i) {
    edges.push_back({static_cast<uint32_t>(random() % nodes),
                     static_cast<uint32_t>(random() % nodes),
                     kKinds[random() % std::size(kKinds)]});
  }
  return graph_of(static_cast<uint32_t>(nodes), std::move(edges));
}

}  // namespace headwater
