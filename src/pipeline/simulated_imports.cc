#include "pipeline/simulated_imports.h"

#include <tbb/task_arena.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

#include "attribute/cycle_suspects.h"
#include "attribute/judge.h"
#include "attribute/simulate.h"
#include "attribute/simulation/builtins.h"
#include "base/paths.h"
#include "base/places_in.h"
#include "base/sort_distinct.h"
#include "graph/reach.h"
#include "model/importers.h"
#include "pipeline/environment_key.h"
#include "pipeline/misled_library.h"
#include "pipeline/module_world.h"
#include "pipeline/simulation_scope.h"
#include "pipeline/simulations.h"
#include "pipeline/unshown_names.h"

namespace headwater::pipeline {
namespace {

/// Without `deep`: modules to judge times modules to run, to know what cycles do. One run takes
/// about 30 us; a module that fails is judged a few times.
constexpr size_t kMostRuns = 50'000;
/// Without `deep`: what a cycle's members fail for before and after they meet it is mostly for the
/// cascade to say.
constexpr size_t kMostCauses = 4;
/// Without `deep`: importers of modules of the standard library whose own imports a file may
/// mislead. One takes some 10 ms, since those modules are run, too.
constexpr size_t kMostMisled = 32;

/// The names that the repository and what is installed take from modules of some files.
class AskedNames {
 public:
  /// `files`: nullptr: all.
  AskedNames(const StageOutputs& made, const ImportGraph& graph,
             const std::unordered_set<std::string>* files)
      : made_(made), graph_(graph), files_(files) {}

  bool has(std::string_view module, std::string_view name) {
    if (!is_built_) build();
    is_built_ = true;
    return asked_.contains(key(module, name)) ||
           (asked_.contains(key(module, "*")) && !name.starts_with('_'));
  }

 private:
  static std::string key(std::string_view module, std::string_view name) {
    return std::string(module).append(1, ':').append(name);
  }

  bool is_wanted(uint32_t node) const { return node < is_wanted_.size() && is_wanted_[node]; }

  const FileFacts* facts_of(uint32_t node) const {
    if (graph_.file[node] != kNothing) return &made_.scanned.facts[graph_.file[node]];
    const bool is_installed = node < graph_.module_count && graph_.installed[node] != kNothing;
    return is_installed ? &made_.resolved.installed[graph_.installed[node]].facts : nullptr;
  }

  void build() {
    is_wanted_.assign(graph_.module_count, files_ == nullptr);
    for (uint32_t node = 0; files_ != nullptr && node < graph_.module_count; ++node) {
      is_wanted_[node] = files_->contains(made_.resolved.modules[node].file);
    }
    for (uint32_t node = 0; node < graph_.node_count(); ++node) {
      const FileFacts* const facts = facts_of(node);
      if (facts == nullptr) continue;
      add_exports(node, *facts);
      for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
        const uint32_t target = graph_.targets[edge];
        if (graph_.statements[edge] == kNothing || !is_wanted(target)) continue;
        const Import& import = facts->imports()[graph_.statements[edge]];
        if (!import.is_from || graph_.classes[edge] == EdgeClass::kTyping) continue;
        const auto names = facts->imported_names();
        for (const ImportedName& one : names.subspan(import.first_name, import.name_count)) {
          asked_.insert(key(made_.resolved.modules[target].name, facts->name(one.name)));
        }
      }
    }
  }

  void add_exports(uint32_t node, const FileFacts& facts) {
    if (!is_wanted(node) || facts.exports_state != ExportsState::kLiteral) return;
    for (const NameId name : facts.exports()) {
      asked_.insert(key(made_.resolved.modules[node].name, facts.name(name)));
    }
  }

  const StageOutputs& made_;
  const ImportGraph& graph_;
  const std::unordered_set<std::string>* const files_;
  bool is_built_ = false;
  std::vector<bool> is_wanted_;  // by node of a module
  std::unordered_set<std::string> asked_;
};

/// Roots that come first for the file of a module, into ProjectLayout::roots: its own and those of
/// its project.
using FirstRoots = std::vector<uint32_t>;

/// Nodes by the roots that come first for them: those for which that makes no difference, as they
/// reach nothing that is another module in the common order, stand together under none.
std::map<FirstRoots, std::vector<uint32_t>> by_first_roots(
    const std::function<const attribute::ModuleSource&()>& common, const StageOutputs& made,
    const ImportGraph& graph, const std::vector<uint32_t>& nodes) {
  if (made.layout.explicit_roots || made.layout.roots.size() < 2) return {{{}, nodes}};
  std::vector<uint32_t> differing;
  const std::vector<bool> reached = graph::reachable(graph, nodes, kImportTime);
  for (uint32_t node = 0; node < graph.module_count; ++node) {
    if (!reached[node] || graph.file[node] == kNothing) continue;
    const Module& module = made.resolved.modules[node];
    const attribute::FoundModule* const found = attribute::found_module(common(), module.name);
    if (found == nullptr || found->file != module.file) differing.push_back(node);
  }
  // Which of them the library's own imports meet no edge tells.
  const bool all_differ = common().library_is_shadowed();
  if (differing.empty() && !all_differ) return {{{}, nodes}};
  const std::vector<bool> differs = reaching(importers_in(graph, kImportTime), differing);
  std::map<FirstRoots, std::vector<uint32_t>> groups;
  for (const uint32_t node : nodes) {
    FirstRoots first;
    const uint32_t file = graph.file[node];
    const uint32_t own = made.resolved.root[file];
    if ((differs[node] || all_differ) && own != UINT32_MAX) {
      const uint32_t project = project_of(made.layout, made.tree.files[file].path);
      first.push_back(own);
      for (const uint32_t root : made.layout.projects[project].search_roots) {
        if (root != own) first.push_back(root);
      }
    }
    groups[std::move(first)].push_back(node);
  }
  return groups;
}

/// Outcomes of some nodes.
struct Part {
  std::vector<uint32_t> nodes;
  OutcomeTable table;
};

/// Each module by the search path of its own project.
void simulate_in(uint32_t environment_number, Simulations& simulations, const AuditOptions& options,
                 const StageOutputs& made, const ImportGraph& graph, AskedNames& asked,
                 const std::vector<uint32_t>& nodes,
                 const std::unordered_set<std::string>* run_only, std::vector<Part>& parts) {
  const PythonEnvironment& environment =
      environment_number == 0 ? made.environment
                              : made.project_environments[environment_number - 1].environment;
  const uint64_t of_environment = environment_key(environment);
  std::vector<std::string> roots;
  for (const SourceRoot& root : made.layout.roots) roots.push_back(join_path(made.root, root.path));
  std::unordered_set<std::string> in_doubt;
  for (const InstalledCode& code : made.resolved.installed) {
    if (code.is_in_doubt) in_doubt.insert(made.resolved.modules[code.module].file);
  }
  const auto world_of = [&](const FileSystem& files) {
    return std::make_unique<ModuleWorld>(files, roots, environment, options.standard_library_first,
                                         ModuleWorld::Unfound::kMayBeInstalled, run_only,
                                         &in_doubt);
  };
  attribute::SimulationOptions simulation;
  if (run_only != nullptr) simulation.most_causes = kMostCauses;
  simulation.threads = static_cast<size_t>(tbb::this_task_arena::max_concurrency());
  const auto is_asked_for = [&](std::string_view module, std::string_view name) {
    return asked.has(module, name);
  };
  std::unique_ptr<const ModuleWorld> common;
  const auto get_common = [&]() -> const attribute::ModuleSource& {
    if (!common) common = world_of(simulations.files());
    return *common;
  };
  for (auto& [first, own] : by_first_roots(get_common, made, graph, nodes)) {
    SimulationKey key{of_environment, {}, {}, run_only, in_doubt, simulation.most_causes};
    for (const uint32_t node : own) key.modules.push_back(made.resolved.modules[node].name);
    for (const uint32_t root : first) key.first_roots.push_back(roots[root]);
    parts.push_back({own, simulations.get(key, is_asked_for, [&](const auto& files, auto& asks) {
                       const auto world = world_of(files);
                       simulation.is_asked_for = asks;
                       return attribute::simulate(
                           first.empty() ? *world : world->seen_from(key.first_roots), key.modules,
                           simulation);
                     })});
  }
}

/// Each module by the environment of its file.
OutcomeTable simulate(Simulations& simulations, const AuditOptions& options,
                      const StageOutputs& made, const ImportGraph& graph,
                      const std::vector<uint32_t>& nodes,
                      const std::unordered_set<std::string>* run_only) {
  AskedNames asked(made, graph, run_only);
  const ProjectEnvironments& others = made.project_environments;
  std::vector<std::vector<uint32_t>> own(others.size() + 1);  // by environment
  for (const uint32_t node : nodes) {
    const uint32_t file = made.resolved.modules[node].file_id;
    own[environment_of(others, made.tree.files[file].path)].push_back(node);
  }
  std::vector<Part> parts;
  for (uint32_t number = 0; number < own.size(); ++number) {
    if (own[number].empty()) continue;
    simulate_in(number, simulations, options, made, graph, asked, own[number], run_only, parts);
  }
  if (parts.size() == 1) return std::move(parts.front().table);
  std::vector<OutcomeTable> tables;
  std::vector<std::vector<uint32_t>> places;
  for (Part& part : parts) {
    tables.push_back(std::move(part.table));
    places.push_back(places_in(nodes, part.nodes));
  }
  return merged(std::move(tables), places);
}

std::vector<uint32_t> counted_modules(const ImportGraph& graph,
                                      const std::vector<uint8_t>& counted) {
  std::vector<uint32_t> nodes;
  for (uint32_t node = 0; node < graph.module_count; ++node) {
    if (counted[node] != 0) nodes.push_back(node);
  }
  return nodes;
}

bool is_affordable(const std::vector<uint32_t>& nodes,
                   const std::unordered_set<std::string>& files) {
  return nodes.size() * files.size() <= kMostRuns;
}

/// Those of both that are counted, ascending.
std::vector<uint32_t> counted_of(const std::vector<uint32_t>& some,
                                 const std::vector<uint32_t>& others,
                                 const std::vector<uint8_t>& counted) {
  std::vector<uint32_t> all;
  std::ranges::set_union(some, others, std::back_inserter(all));
  std::erase_if(all, [&](uint32_t node) { return counted[node] == 0; });
  return all;
}

/// Of the suspects so many as can be run with the files of all their cycles: those of small cycles
/// all, of a large one the first few, which mostly fail where the others do. Ascending.
std::vector<uint32_t> affordable_of(const std::vector<uint32_t>& suspects,
                                    const Condensation& condensation) {
  std::map<uint32_t, std::vector<uint32_t>> by_cycle;
  for (const uint32_t node : suspects) by_cycle[condensation.component[node]].push_back(node);
  struct Cycle {
    size_t size;
    const std::vector<uint32_t>* suspects;
  };
  std::vector<Cycle> cycles;
  for (const auto& [cycle, own] : by_cycle) cycles.push_back({condensation.of(cycle).size(), &own});
  std::ranges::stable_sort(cycles, {}, &Cycle::size);
  std::vector<uint32_t> taken;
  size_t files = 0;
  for (const auto& [size, own] : cycles) {
    files += size;
    const size_t most = kMostRuns / files;
    if (most <= taken.size()) break;
    const size_t count = std::min(own->size(), most - taken.size());
    taken.insert(taken.end(), own->begin(), own->begin() + static_cast<ptrdiff_t>(count));
  }
  std::ranges::sort(taken);
  return taken;
}

void leave_undecided(const std::vector<uint32_t>& importers, const std::vector<uint8_t>& counted,
                     SimulatedNodes& simulated) {
  std::vector<uint32_t> left;
  std::ranges::set_difference(importers, simulated.nodes, std::back_inserter(left));
  simulated.undecided = counted_of(simulated.undecided, left, counted);
}

/// Only what is run tells who sets names that no statement binds.
void put_off(const std::vector<uint32_t>& of_unbound, SimulatedNodes& simulated) {
  std::vector<uint32_t> kept, left;
  std::ranges::set_difference(simulated.nodes, of_unbound, std::back_inserter(kept));
  std::ranges::set_union(simulated.undecided, of_unbound, std::back_inserter(left));
  simulated.nodes = std::move(kept);
  simulated.undecided = std::move(left);
}

SimulatedNodes simulated_nodes(Simulations& simulations, const AuditOptions& options,
                               const StageOutputs& made, const ImportGraph& graph,
                               const Condensation& condensation,
                               const std::vector<uint8_t>& counted) {
  SimulatedNodes simulated;
  if (options.deep) {
    simulated.is_deep = true;
    simulated.nodes = counted_modules(graph, counted);
    simulated.table = simulate(simulations, options, made, graph, simulated.nodes, nullptr);
    return simulated;
  }
  attribute::CycleSuspects suspects =
      attribute::cycle_suspects({graph, condensation, made.resolved, made.scanned});
  for (auto* const nodes : {&suspects.nodes, &suspects.undecided, &suspects.of_unbound}) {
    std::erase_if(*nodes, [&](uint32_t node) { return counted[node] == 0; });
  }
  simulated.nodes = std::move(suspects.nodes);
  simulated.undecided = std::move(suspects.undecided);
  if (simulated.nodes.empty()) return simulated;
  const SimulationScope scope(made, graph, condensation, simulated.nodes, suspects.unbinding);
  auto run_only = scope.files_for(simulated.nodes);
  if (!is_affordable(simulated.nodes, run_only)) {
    put_off(suspects.of_unbound, simulated);
    if (simulated.nodes.empty()) return simulated;
    const std::vector<uint32_t> affordable = affordable_of(simulated.nodes, condensation);
    std::vector<uint32_t> left;
    std::ranges::set_difference(simulated.nodes, affordable, std::back_inserter(left));
    simulated.nodes = affordable;
    simulated.undecided = counted_of(simulated.undecided, left, counted);
    if (simulated.nodes.empty()) return simulated;
    // What the rest of the tree does is for the cascade then: the way through a cycle is a matter
    // of its members.
    run_only = scope.files_of_cycles(simulated.nodes);
    simulated.table = simulate(simulations, options, made, graph, simulated.nodes, &run_only);
    for (ModuleOutcome& outcome : simulated.table.outcomes) outcome.causes_complete = false;
    leave_undecided(scope.affected_by(simulated).importers.of_state, counted, simulated);
    return simulated;
  }
  simulated.table = simulate(simulations, options, made, graph, simulated.nodes, &run_only);
  const SimulationScope::Affected affected = scope.affected_by(simulated);
  for (const auto* const importers :
       {&affected.importers.of_causes, &affected.importers.of_state}) {
    std::vector<uint32_t> nodes = counted_of(affected.members, *importers, counted);
    const auto run_all = scope.files_for(nodes);
    if (!is_affordable(nodes, run_all)) continue;
    simulated.is_whole = importers == &affected.importers.of_causes;
    if (nodes == simulated.nodes) return simulated;
    simulated.nodes = std::move(nodes);
    simulated.table = simulate(simulations, options, made, graph, simulated.nodes, &run_all);
    return simulated;
  }
  leave_undecided(affected.importers.of_state, counted, simulated);
  return simulated;
}

/// Modules whose own code names, for import_module(), a module of the repository that is not there.
std::vector<uint32_t> importers_by_name(const StageOutputs& made, const ImportGraph& graph,
                                        const std::vector<uint8_t>& counted) {
  struct Asked {
    uint32_t node;
    std::string_view name;
  };
  std::vector<Asked> asked;
  for (const uint32_t node : counted_modules(graph, counted)) {
    const FileFacts& facts = made.scanned.facts[graph.file[node]];
    for (const StringReference& reference : facts.string_references()) {
      const bool runs =
          reference.scope != Scope::kFunction && !(reference.guards & kGuardTypeChecking);
      if (runs) asked.push_back({node, facts.name(reference.module)});
    }
  }
  std::vector<uint32_t> nodes;
  if (asked.empty()) return nodes;
  const auto top_of = [](std::string_view name) { return name.substr(0, name.find('.')); };
  std::unordered_set<std::string_view> wanted;
  for (const Asked& one : asked) wanted.insert({one.name, top_of(one.name)});
  std::unordered_set<std::string_view> there;  // of the wanted ones
  std::unordered_set<std::string_view> tops;   // of the repository
  for (uint32_t node = 0; node < graph.module_count; ++node) {
    const std::string_view name = made.resolved.modules[node].name;
    if (wanted.contains(name)) there.insert(name);
    if (counted[node] != 0 && wanted.contains(top_of(name))) tops.insert(top_of(name));
  }
  for (const auto& [node, name] : asked) {
    const bool is_missing = tops.contains(top_of(name)) && !there.contains(name);
    if (is_missing && (nodes.empty() || nodes.back() != node)) nodes.push_back(node);
  }
  return nodes;
}

/// Modules whose own code may ask for the metadata of distributions.
std::vector<uint32_t> askers_of_distributions(const StageOutputs& made, const ImportGraph& graph,
                                              const std::vector<uint8_t>& counted) {
  std::vector<uint32_t> nodes;
  for (const uint32_t node : counted_modules(graph, counted)) {
    const FileFacts& facts = made.scanned.facts[graph.file[node]];
    const auto names = facts.imported_names();
    const bool asks = std::ranges::any_of(facts.imports(), [&](const Import& import) {
      const std::string_view module = facts.name(import.module);
      if (attribute::distribution_finder(module) != nullptr) return import.level == 0;
      return import.is_from && attribute::has_distribution_finder(module) &&
             std::ranges::any_of(
                 names.subspan(import.first_name, import.name_count), [&](const ImportedName& one) {
                   return attribute::is_distribution_finder(module, facts.name(one.name));
                 });
    });
    if (asks) nodes.push_back(node);
  }
  return nodes;
}

void leave_out_simulated(const SimulatedNodes& simulated, std::vector<uint32_t>& nodes) {
  for (const auto* const known : {&simulated.nodes, &simulated.undecided}) {
    std::erase_if(nodes, [&](uint32_t node) { return std::ranges::binary_search(*known, node); });
  }
}

/// `nodes`: not simulated yet.
void add_outcomes(const std::vector<uint32_t>& nodes, OutcomeTable table,
                  SimulatedNodes& simulated) {
  std::vector<uint32_t> all;
  std::ranges::set_union(simulated.nodes, nodes, std::back_inserter(all));
  std::vector<OutcomeTable> tables;
  tables.push_back(std::move(simulated.table));
  tables.push_back(std::move(table));
  simulated.table =
      merged(std::move(tables), {places_in(all, simulated.nodes), places_in(all, nodes)});
  simulated.nodes = std::move(all);
}

/// With what leads to them and to failures.
void add_simulated(std::vector<uint32_t> nodes, Simulations& simulations,
                   const AuditOptions& options, const StageOutputs& made, const ImportGraph& graph,
                   const Condensation& condensation, SimulatedNodes& simulated) {
  leave_out_simulated(simulated, nodes);
  if (nodes.empty()) return;
  const SimulationScope scope(made, graph, condensation, nodes, {});
  const auto run_only = scope.files_for(nodes);
  if (!is_affordable(nodes, run_only)) return;
  add_outcomes(nodes, simulate(simulations, options, made, graph, nodes, &run_only), simulated);
}

/// Those of `nodes` that are not simulated yet, with all that they import.
void add_with_all(std::vector<uint32_t> nodes, Simulations& simulations,
                  const AuditOptions& options, const StageOutputs& made, const ImportGraph& graph,
                  SimulatedNodes& simulated) {
  leave_out_simulated(simulated, nodes);
  if (nodes.empty()) return;
  add_outcomes(nodes, simulate(simulations, options, made, graph, nodes, nullptr), simulated);
  simulated.ran_all.insert(simulated.ran_all.end(), nodes.begin(), nodes.end());
  std::ranges::sort(simulated.ran_all);
}

/// Who asks for names that no statement of their module binds: any of what they import may set
/// them.
void add_askers_of_unshown(Simulations& simulations, const AuditOptions& options,
                           const StageOutputs& made, const ImportGraph& graph,
                           const std::vector<uint8_t>& counted, SimulatedNodes& simulated) {
  const auto add = [&](std::vector<uint32_t> nodes) {
    add_with_all(std::move(nodes), simulations, options, made, graph, simulated);
  };
  const std::vector<UnshownName> names = unshown_names(made, graph, counted);
  add(first_importers(names, graph));
  add(importers_of_missing(names, made.resolved, graph, simulated.table));
}

/// Who imports modules of the standard library that meet a file of the repository where they mean
/// one of their own.
void add_misled(Simulations& simulations, const AuditOptions& options, const StageOutputs& made,
                const ImportGraph& graph, const std::vector<uint8_t>& counted,
                SimulatedNodes& simulated) {
  if (options.standard_library_first) return;
  const std::vector<MisledModule> misled =
      misled_modules(simulations.files(), made, graph, counted);
  const auto add = [&](std::vector<uint32_t> nodes) {
    leave_out_simulated(simulated, nodes);
    std::vector<uint32_t> left;
    if (nodes.size() > kMostMisled) left.assign(nodes.begin() + kMostMisled, nodes.end());
    nodes.resize(nodes.size() - left.size());
    add_with_all(std::move(nodes), simulations, options, made, graph, simulated);
    return left;
  };
  add(first_importers(misled));
  const std::vector<uint32_t> left = add(importers_of_failing(misled, simulated));
  simulated.undecided.insert(simulated.undecided.end(), left.begin(), left.end());
  sort_distinct(simulated.undecided);
}

}  // namespace

SimulatedNodes simulate_imports(Simulations& simulations, const AuditOptions& options,
                                const StageOutputs& made, const ImportGraph& graph,
                                const Condensation& condensation,
                                const std::vector<uint8_t>& counted) {
  SimulatedNodes simulated =
      simulated_nodes(simulations, options, made, graph, condensation, counted);
  if (!options.deep) {
    for (auto nodes :
         {importers_by_name(made, graph, counted), askers_of_distributions(made, graph, counted)}) {
      add_simulated(std::move(nodes), simulations, options, made, graph, condensation, simulated);
    }
    add_askers_of_unshown(simulations, options, made, graph, counted, simulated);
    add_misled(simulations, options, made, graph, counted, simulated);
  }
  for (const uint32_t node : simulated.nodes) {
    simulated.in_cycle.push_back(condensation.of(condensation.component[node]).size() > 1);
  }
  return simulated;
}

}  // namespace headwater::pipeline
