#include "graph/condense.h"

namespace headwater::graph {

Condensation condense(const ImportGraph& graph, EdgeClasses mask) {
  static_assert(sizeof(EdgeClass) == 1, "classes are handed over as bytes");
  const auto* const classes = reinterpret_cast<const uint8_t*>(graph.classes.data());
  return strong_components({graph.offsets, graph.targets, {classes, graph.classes.size()}, mask});
}

}  // namespace headwater::graph
