#include "model/importers.h"

namespace headwater {

Importers importers_in(const ImportGraph& graph, EdgeClasses mask) {
  Importers made;
  const size_t count = graph.node_count();
  made.offsets.assign(count + 1, 0);
  for (size_t edge = 0; edge < graph.edge_count(); ++edge) {
    if (contains(mask, graph.classes[edge])) ++made.offsets[graph.targets[edge] + 1];
  }
  for (size_t i = 0; i < count; ++i) made.offsets[i + 1] += made.offsets[i];
  made.sources.resize(made.offsets[count]);
  made.edges.resize(made.offsets[count]);
  std::vector<uint32_t> next(made.offsets.begin(), made.offsets.end());
  for (uint32_t node = 0; node < count; ++node) {
    for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
      if (!contains(mask, graph.classes[edge])) continue;
      const uint32_t place = next[graph.targets[edge]]++;
      made.sources[place] = node;
      made.edges[place] = edge;
    }
  }
  return made;
}

std::vector<bool> reaching(const Importers& importers, std::span<const uint32_t> starts) {
  std::vector<bool> seen(importers.offsets.size() - 1);
  std::vector<uint32_t> open;
  const auto enter = [&](uint32_t node) {
    if (seen[node]) return;
    seen[node] = true;
    open.push_back(node);
  };
  for (const uint32_t start : starts) enter(start);
  while (!open.empty()) {
    const uint32_t node = open.back();
    open.pop_back();
    for (const uint32_t source : importers.of(node)) enter(source);
  }
  return seen;
}

}  // namespace headwater
