#pragma once

#include "model/import_graph.h"
#include "model/resolved_tree.h"
#include "model/scanned_tree.h"
#include "model/source_tree.h"

namespace headwater::graph {

/// Links the modules by what their statements found. Linear and in parallel, by file.
///
/// A file that is found under several names is one node, its canonical one: the others have no
/// edges. A file that certainly does not compile has no edge but to its package.
ImportGraph build(const SourceTree& tree, const ScannedTree& scanned, const ResolvedTree& resolved);

}  // namespace headwater::graph
