#pragma once

#include <vector>

#include "model/import_graph.h"
#include "model/outcome.h"
#include "pipeline/audit_options.h"
#include "pipeline/simulations.h"
#include "pipeline/stages.h"

namespace headwater::pipeline {

/// Simulates the imports of the `counted` modules whose verdict depends on what runs at import
/// time: with `deep` those of all, else those that a cycle may break, that import by its name, in a
/// string, a module of the repository that is not there, or a module of the standard library that
/// a file of the repository may mislead.
SimulatedNodes simulate_imports(Simulations& simulations, const AuditOptions& options,
                                const StageOutputs& made, const ImportGraph& graph,
                                const Condensation& condensation,
                                const std::vector<uint8_t>& counted);

}  // namespace headwater::pipeline
