#pragma once

#include <cstdint>
#include <vector>

#include "model/import_graph.h"
#include "model/resolved_tree.h"
#include "model/scanned_tree.h"

namespace headwater::attribute {

/// What certainly runs and lets an ImportError through that is no ModuleNotFoundError.
inline bool lets_missing_names_through(EdgeKind kind) {
  return kind.runs == EdgeClass::kElse ||
         (kind.runs == EdgeClass::kImport && !kind.guard.holds_others());
}

struct SuspectInput {
  const ImportGraph& graph;
  const Condensation& condensation;  // of kImportTime
  const ResolvedTree& resolved;
  const ScannedTree& scanned;
};

struct CycleSuspects {
  std::vector<uint32_t> nodes;      // ascending
  std::vector<uint32_t> undecided;  // in the same cycles: it would take too long; ascending
  /// Of `nodes`: those that only meet names which no statement of their module binds; ascending.
  /// Others may set them: such as a module that puts another one in its place.
  std::vector<uint32_t> of_unbound;
  std::vector<uint32_t> unbinding;  // the modules of these names; ascending
};

/// First-party modules that, imported first, lead to a `from m import x` of a module that is still
/// running and has not bound `x` by then, or never does: whether that fails is for the simulation
/// to say. Goes through each cycle as an import does, by statements alone, from each of its
/// modules. That and the simulations are bounded for each cycle.
CycleSuspects cycle_suspects(const SuspectInput& input);

}  // namespace headwater::attribute
