#include "model/importers.h"

#include "base/reached_from.h"

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
  return reached_from(importers.offsets.size() - 1, starts, [&](uint32_t node, auto visit) {
    for (const uint32_t source : importers.of(node)) visit(source);
  });
}

}  // namespace headwater
