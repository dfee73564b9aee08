#pragma once

#include <cstdint>
#include <vector>

#include "model/import_graph.h"
#include "model/resolved_tree.h"
#include "model/scanned_tree.h"

namespace headwater::attribute {

struct SuspectInput {
  const ImportGraph& graph;
  const Condensation& condensation;  // of kImportTime
  const ResolvedTree& resolved;
  const ScannedTree& scanned;
};

struct CycleSuspects {
  std::vector<uint32_t> nodes;      // ascending
  std::vector<uint32_t> undecided;  // in the same cycles: it would take too long; ascending
};

/// First-party modules that, imported first, lead to a `from m import x` of a module that is still
/// running and has not bound `x` by then: whether that fails is for the simulation to say. Goes
/// through each cycle as an import does, by statements alone, from each of its modules. That and
/// the simulations are bounded for each cycle.
CycleSuspects cycle_suspects(const SuspectInput& input);

}  // namespace headwater::attribute
