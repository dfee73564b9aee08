#pragma once

#include "base/file_system.h"
#include "model/import_graph.h"
#include "model/outcome.h"
#include "pipeline/audit_options.h"
#include "pipeline/stages.h"

namespace headwater::pipeline {

/// Simulates the imports whose verdict depends on what runs at import time: with `deep` those of
/// all first-party modules.
SimulatedNodes simulate_imports(const FileSystem& files, const AuditOptions& options,
                                const StageOutputs& made, const ImportGraph& graph,
                                const std::vector<uint8_t>& counted);

}  // namespace headwater::pipeline
