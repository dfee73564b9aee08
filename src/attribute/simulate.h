#pragma once

#include <span>
#include <string>

#include "attribute/simulation/module_source.h"
#include "model/outcome.h"

namespace headwater::attribute {

struct SimulationOptions {
  size_t threads = 1;
  /// So many causes of one module are looked for; 1: only what Python would report.
  size_t most_causes = 32;
};

/// Judges each of `modules`, dotted names, as the first import of a fresh interpreter. Nothing is
/// run. The same table at any number of threads.
OutcomeTable simulate(const ModuleSource& source, std::span<const std::string> modules,
                      const SimulationOptions& options);

}  // namespace headwater::attribute
