#pragma once

#include "model/import_graph.h"

namespace headwater::graph {

/// The cycles of the graph as far as edges of the classes make them. Linear; no recursion.
Condensation condense(const ImportGraph& graph, EdgeClasses mask);

}  // namespace headwater::graph
