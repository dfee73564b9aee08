#include "pipeline/simulation_scope.h"

#include <algorithm>
#include <iterator>

#include "base/sort_distinct.h"
#include "graph/reach.h"
#include "model/importers.h"
#include "pipeline/module_world.h"

namespace headwater::pipeline {
namespace {

/// Whether the failure of such a statement fails its module, or may.
bool may_fail_module(EdgeKind kind) {
  if (kind.runs == EdgeClass::kImport) return kind.guard.held != HeldImportErrors::kAll;
  return kind.runs == EdgeClass::kFallback || kind.runs == EdgeClass::kElse;
}

std::vector<attribute::StruckMember> struck_by_cycles(const SimulatedNodes& simulated) {
  std::vector<attribute::StruckMember> struck;
  for (size_t i = 0; i < simulated.nodes.size(); ++i) {
    attribute::StruckMember member{simulated.nodes[i], {}};
    bool is_struck = false;
    for (const uint32_t number : simulated.table.outcomes[i].causes) {
      const ImportCause& cause = simulated.table.causes[number];
      if (cause.kind != ImportFailureKind::kPartialImport) continue;
      is_struck = true;
      member.repairs.push_back(cause.repair);
    }
    std::ranges::sort(member.repairs);
    if (is_struck) struck.push_back(std::move(member));
  }
  return struck;
}

}  // namespace

SimulationScope::SimulationScope(const StageOutputs& made, const ImportGraph& graph,
                                 const Condensation& condensation,
                                 const std::vector<uint32_t>& suspects,
                                 const std::vector<uint32_t>& unbinding)
    : made_(made), graph_(graph), condensation_(condensation), unbinding_(unbinding) {
  ends_ = suspects;
  add_failing();
  leads_to_end_ = reaching(importers_in(graph, kImportTime), ends_);
}

void SimulationScope::add_failing() {
  const ProjectEnvironments& others = made_.project_environments;
  const auto environment = [&](size_t number) -> const PythonEnvironment& {
    return number == 0 ? made_.environment : others[number - 1].environment;
  };
  for (const Resolution& row : made_.resolved.resolutions) {
    if (row.failure == FailureKind::kNone) continue;
    const uint32_t file = index_of(row.file);
    add_failing(graph_.node_of_file[file], made_.scanned.facts[file], row,
                environment(environment_of(others, made_.tree.files[file].path)));
  }
  for (const Resolution& row : made_.resolved.installed_rows) {
    if (row.failure == FailureKind::kNone) continue;
    const InstalledCode& code = made_.resolved.installed[index_of(row.file)];
    add_failing(code.module, code.facts, row, environment(code.environment));
  }
  for (uint32_t file = 0; file < graph_.node_of_file.size(); ++file) {
    const uint32_t node = graph_.node_of_file[file];
    const bool compiles = made_.scanned.facts[file].syntax_faults().empty();
    if (!compiles && node != kNothing) ends_.push_back(node);
  }
}

/// As far as the finder tells. What lacks the name that is asked for is an end, too.
void SimulationScope::add_failing(uint32_t node, const FileFacts& facts, const Resolution& row,
                                  const PythonEnvironment& environment) {
  const std::string_view missing = made_.resolved.missing_prefix(row);
  if (!missing.empty() && may_be_installed(environment, missing)) return;
  if (node == kNothing || !may_fail_module(edge_kind(facts.imports()[row.import]))) return;
  ends_.push_back(node);
  for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
    if (graph_.statements[edge] == row.import) ends_.push_back(graph_.targets[edge]);
  }
}

std::unordered_set<std::string> SimulationScope::files_for(
    const std::vector<uint32_t>& nodes) const {
  const std::vector<bool> imported = graph::reachable(graph_, nodes, kImportTime);
  std::unordered_set<std::string> files;
  std::vector<uint32_t> guarded;
  for (uint32_t node = 0; node < graph_.module_count; ++node) {
    if (!leads_to_end_[node] || !imported[node]) continue;
    files.insert(made_.resolved.modules[node].file);
    for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
      if (graph_.guards[edge].holds_any()) guarded.push_back(graph_.targets[edge]);
    }
  }
  std::ranges::copy_if(unbinding_, std::back_inserter(guarded),
                       [&](uint32_t node) { return imported[node]; });
  const std::vector<bool> tried = graph::reachable(graph_, guarded, kImportTime);
  for (uint32_t node = 0; node < graph_.module_count; ++node) {
    if (tried[node]) files.insert(made_.resolved.modules[node].file);
  }
  return files;
}

std::unordered_set<std::string> SimulationScope::files_of_cycles(
    const std::vector<uint32_t>& suspects) const {
  std::unordered_set<std::string> files;
  for (const uint32_t node : suspects) {
    for (const uint32_t member : condensation_.of(condensation_.component[node])) {
      if (member < graph_.module_count) files.insert(made_.resolved.modules[member].file);
    }
  }
  return files;
}

SimulationScope::Affected SimulationScope::affected_by(const SimulatedNodes& simulated) const {
  const auto struck = struck_by_cycles(simulated);
  Affected affected{simulated.nodes, attribute::uncertain_importers(graph_, condensation_, struck)};
  std::vector<uint32_t>& members = affected.members;
  for (const attribute::StruckMember& one : struck) {
    const auto cycle = condensation_.of(condensation_.component[one.node]);
    std::ranges::copy_if(cycle, std::back_inserter(members),
                         [&](uint32_t node) { return node < graph_.module_count; });
  }
  sort_distinct(members);
  return affected;
}

}  // namespace headwater::pipeline
