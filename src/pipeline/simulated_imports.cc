#include "pipeline/simulated_imports.h"

#include <tbb/task_arena.h>

#include <algorithm>
#include <memory>

#include "attribute/cycle_suspects.h"
#include "attribute/simulate.h"
#include "base/paths.h"
#include "pipeline/module_world.h"

namespace headwater::pipeline {
namespace {

/// Without `deep`: what more than so many modules would come to is left unknown.
constexpr size_t kMostSimulated = 400;

class Simulation {
 public:
  Simulation(const FileSystem& files, const AuditOptions& options, const StageOutputs& made)
      : made_(made), roots_(roots_of(made)) {
    world_ = std::make_unique<ModuleWorld>(files, roots_, made.environment,
                                           options.standard_library_first,
                                           ModuleWorld::Unfound::kMayBeInstalled);
  }

  OutcomeTable run(const std::vector<uint32_t>& nodes) const {
    attribute::SimulationOptions simulation;
    simulation.threads = static_cast<size_t>(tbb::this_task_arena::max_concurrency());
    std::vector<std::string> names;
    for (const uint32_t node : nodes) names.push_back(made_.resolved.modules[node].name);
    return attribute::simulate(*world_, names, simulation);
  }

 private:
  static std::vector<std::string> roots_of(const StageOutputs& made) {
    std::vector<std::string> roots;
    for (const SourceRoot& root : made.layout.roots) {
      roots.push_back(join_path(made.root, root.path));
    }
    return roots;
  }

  const StageOutputs& made_;
  const std::vector<std::string> roots_;
  std::unique_ptr<ModuleWorld> world_;
};

std::vector<uint32_t> counted_modules(const ImportGraph& graph,
                                      const std::vector<uint8_t>& counted) {
  std::vector<uint32_t> nodes;
  for (uint32_t node = 0; node < graph.module_count; ++node) {
    if (counted[node] != 0) nodes.push_back(node);
  }
  return nodes;
}

}  // namespace

SimulatedNodes simulate_imports(const FileSystem& files, const AuditOptions& options,
                                const StageOutputs& made, const ImportGraph& graph,
                                const Condensation& condensation,
                                const std::vector<uint8_t>& counted) {
  SimulatedNodes simulated;
  simulated.tells_raises = options.deep;
  if (options.deep) {
    simulated.nodes = counted_modules(graph, counted);
  } else {
    simulated.nodes = attribute::cycle_suspects({graph, condensation, made.resolved, made.scanned});
    std::erase_if(simulated.nodes, [&](uint32_t node) { return counted[node] == 0; });
    if (simulated.nodes.size() > kMostSimulated) {
      const auto rest = simulated.nodes.begin() + kMostSimulated;
      simulated.undecided.assign(rest, simulated.nodes.end());
      simulated.nodes.erase(rest, simulated.nodes.end());
    }
  }
  if (!simulated.nodes.empty()) {
    simulated.table = Simulation(files, options, made).run(simulated.nodes);
  }
  return simulated;
}

}  // namespace headwater::pipeline
