#include "pipeline/simulated_imports.h"

#include <tbb/task_arena.h>

#include <algorithm>
#include <string>
#include <unordered_set>

#include "attribute/cycle_suspects.h"
#include "attribute/simulate.h"
#include "base/paths.h"
#include "pipeline/module_world.h"

namespace headwater::pipeline {
namespace {

/// Without `deep`: what a cycle's members fail for before and after they meet it is mostly for the
/// cascade to say.
constexpr size_t kMostCauses = 4;

OutcomeTable simulate_in(const PythonEnvironment& environment, const FileSystem& files,
                         const AuditOptions& options, const StageOutputs& made,
                         const std::vector<uint32_t>& nodes,
                         const std::unordered_set<std::string>* run_only) {
  std::vector<std::string> roots;
  for (const SourceRoot& root : made.layout.roots) roots.push_back(join_path(made.root, root.path));
  const ModuleWorld world(files, roots, environment, options.standard_library_first,
                          ModuleWorld::Unfound::kMayBeInstalled, run_only);
  std::vector<std::string> names;
  for (const uint32_t node : nodes) names.push_back(made.resolved.modules[node].name);
  attribute::SimulationOptions simulation;
  if (run_only != nullptr) simulation.most_causes = kMostCauses;
  simulation.threads = static_cast<size_t>(tbb::this_task_arena::max_concurrency());
  return attribute::simulate(world, names, simulation);
}

/// Each module by the environment of its file.
OutcomeTable simulate(const FileSystem& files, const AuditOptions& options,
                      const StageOutputs& made, const std::vector<uint32_t>& nodes,
                      const std::unordered_set<std::string>* run_only) {
  const ProjectEnvironments& others = made.project_environments;
  std::vector<std::vector<uint32_t>> places(others.size() + 1);  // into `nodes`, by environment
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    const uint32_t file = made.resolved.modules[nodes[i]].file_id;
    places[environment_of(others, made.tree.files[file].path)].push_back(i);
  }
  std::vector<OutcomeTable> parts;
  for (size_t number = 0; number < places.size(); ++number) {
    std::vector<uint32_t> own;
    for (const uint32_t place : places[number]) own.push_back(nodes[place]);
    const PythonEnvironment& environment =
        number == 0 ? made.environment : others[number - 1].environment;
    parts.push_back(own.empty() ? OutcomeTable()
                                : simulate_in(environment, files, options, made, own, run_only));
  }
  return parts.size() == 1 ? std::move(parts.front()) : merged(std::move(parts), places);
}

/// The files of the cycles that `nodes` are in.
std::unordered_set<std::string> files_of_cycles(const StageOutputs& made,
                                                const Condensation& condensation,
                                                const std::vector<uint32_t>& nodes) {
  std::unordered_set<std::string> files;
  for (const uint32_t node : nodes) {
    for (const uint32_t member : condensation.of(condensation.component[node])) {
      if (member < made.resolved.modules.size()) files.insert(made.resolved.modules[member].file);
    }
  }
  return files;
}

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
  if (options.deep) {
    simulated.is_deep = true;
    simulated.nodes = counted_modules(graph, counted);
    simulated.table = simulate(files, options, made, simulated.nodes, nullptr);
    return simulated;
  }
  attribute::CycleSuspects suspects =
      attribute::cycle_suspects({graph, condensation, made.resolved, made.scanned});
  for (std::vector<uint32_t>* const nodes : {&suspects.nodes, &suspects.undecided}) {
    std::erase_if(*nodes, [&](uint32_t node) { return counted[node] == 0; });
  }
  simulated.nodes = std::move(suspects.nodes);
  simulated.undecided = std::move(suspects.undecided);
  if (simulated.nodes.empty()) return simulated;
  // What the rest of the tree does is for the cascade: the way through a cycle is a matter of its
  // members.
  const auto run_only = files_of_cycles(made, condensation, simulated.nodes);
  simulated.table = simulate(files, options, made, simulated.nodes, &run_only);
  // So are other causes of the members.
  for (ModuleOutcome& outcome : simulated.table.outcomes) outcome.causes_complete = false;
  return simulated;
}

}  // namespace headwater::pipeline
