#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "attribute/simulation/module_source.h"
#include "model/outcome.h"

namespace headwater::attribute {

/// Whether other code imports `name` from `module`, both as written: then the module has to have
/// it.
using IsAskedFor = std::function<bool(std::string_view module, std::string_view name)>;

struct SimulationOptions {
  size_t threads = 1;
  /// So many causes of one module are looked for; 1: only what Python would report.
  size_t most_causes = 32;
  /// Where it is given: the failures of cycles get the imports that mend them.
  IsAskedFor is_asked_for{};
};

/// Judges each of `modules`, dotted names, as the first import of a fresh interpreter. Nothing is
/// run. The same table at any number of threads.
OutcomeTable simulate(const ModuleSource& source, std::span<const std::string> modules,
                      const SimulationOptions& options);

}  // namespace headwater::attribute
