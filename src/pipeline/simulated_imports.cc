#include "pipeline/simulated_imports.h"

#include <tbb/task_arena.h>

#include "attribute/simulate.h"
#include "base/paths.h"
#include "pipeline/module_world.h"

namespace headwater::pipeline {

SimulatedNodes simulate_imports(const FileSystem& files, const AuditOptions& options,
                                const StageOutputs& made, const ImportGraph& graph,
                                const std::vector<uint8_t>& counted) {
  SimulatedNodes simulated;
  simulated.tells_raises = options.deep;
  if (options.deep) {
    for (uint32_t node = 0; node < graph.module_count; ++node) {
      if (counted[node] != 0) simulated.nodes.push_back(node);
    }
  }
  if (simulated.nodes.empty()) return simulated;
  std::vector<std::string> roots;
  for (const SourceRoot& root : made.layout.roots) roots.push_back(join_path(made.root, root.path));
  const ModuleWorld world(files, roots, made.environment, options.standard_library_first,
                          ModuleWorld::Unfound::kMayBeInstalled);
  attribute::SimulationOptions simulation;
  simulation.threads = static_cast<size_t>(tbb::this_task_arena::max_concurrency());
  std::vector<std::string> names;
  for (const uint32_t node : simulated.nodes) names.push_back(made.resolved.modules[node].name);
  simulated.table = attribute::simulate(world, names, simulation);
  return simulated;
}

}  // namespace headwater::pipeline
