#include <algorithm>
#include <map>
#include <span>
#include <unordered_set>

#include "graph/condense.h"
#include "graph/reach.h"
#include "model/importers.h"
#include "pipeline/apps_loaded.h"
#include "pipeline/attributed.h"
#include "pipeline/started_modules.h"
#include "pipeline/subjects.h"

namespace headwater::pipeline {
namespace {

/// A shortest way from `start` back to itself inside of its component.
std::vector<ChainStep> shortest_cycle(const ImportGraph& graph, const Condensation& condensation,
                                      uint32_t start) {
  const auto stays_inside = [&](uint32_t edge) {
    return condensation.component[graph.targets[edge]] == condensation.component[start] &&
           contains(kImportTimeStatements, graph.classes[edge]);
  };
  return graph::shortest_way(graph, start, stays_inside,
                             [&](uint32_t node) { return node == start; })
      .steps;
}

bool imports_itself(const ImportGraph& graph, uint32_t node) {
  for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
    const bool runs = contains(kImportTimeStatements, graph.classes[edge]);
    if (runs && graph.targets[edge] == node) return true;
  }
  return false;
}

/// Whether the members of a component of statements are a cycle of the repository.
bool is_cycle(const Attributed& audit, std::span<const uint32_t> members) {
  const bool first_party = std::ranges::any_of(
      members, [&](uint32_t node) { return audit.graph.file[node] != kNothing; });
  if (!first_party || members.size() > 1) return first_party;
  // A package's `from . import x` names itself; that is no cycle.
  const bool package = members[0] < audit.graph.module_count &&
                       audit.made.resolved.modules[members[0]].kind == ModuleKind::kPackage;
  return !package && imports_itself(audit.graph, members[0]);
}

ImportCycle cycle_of(const FileSystem& files, const Attributed& audit,
                     std::span<const uint32_t> members, std::span<const ChainStep> path) {
  ImportCycle cycle;
  for (const uint32_t node : members) cycle.modules.push_back(name_of(audit, node));
  std::ranges::sort(cycle.modules);
  for (const ChainStep& step : path) cycle.path.push_back(step_of(files, audit, step));
  return cycle;
}

/// The way of some member of the cycle to what is fatal for it.
std::span<const ChainStep> way_to(const Attributed& audit, uint32_t component, uint32_t cause) {
  const std::vector<KnownOutcome>& known = audit.direct.known;
  const auto found = std::ranges::find_if(known, [&](const KnownOutcome& outcome) {
    return audit.condensation.component[outcome.node] == component && !outcome.causes.empty() &&
           outcome.causes.front() == cause;
  });
  return found == known.end() ? std::span<const ChainStep>() : std::span(found->chain);
}

/// By component of the whole condensation: such a cycle may lead through a package, which no
/// statement names.
std::map<uint32_t, ImportCycle> fatal_cycles(const FileSystem& files, const Attributed& audit) {
  std::map<uint32_t, ImportCycle> cycles;
  for (const findings::Judgement& judged : audit.direct.judgements) {
    const Finding& finding = judged.finding;
    if (finding.code != "HW121") continue;
    const uint32_t component = audit.condensation.component[audit.graph.node_of_file[judged.file]];
    const auto [cycle, is_new] = cycles.try_emplace(component);
    if (is_new) {
      cycle->second = cycle_of(files, audit, audit.condensation.of(component),
                               way_to(audit, component, static_cast<uint32_t>(finding.cause)));
    }
    cycle->second.fatal.push_back(
        {{finding.file, finding.line, finding.cell},
         finding.message,
         audit.direct.causes[static_cast<size_t>(finding.cause)].fix_text});
  }
  for (auto& [component, cycle] : cycles) {
    std::ranges::stable_sort(cycle.fatal, {}, &FatalStatement::repair);
  }
  return cycles;
}

}  // namespace

std::vector<ImportCycle> answer_cycles(const FileSystem& files, const Attributed& audit) {
  std::vector<ImportCycle> found;
  auto fatal = fatal_cycles(files, audit);
  const Condensation cycles = graph::condense(audit.graph, kImportTimeStatements);
  for (uint32_t component = 0; component < cycles.component_count(); ++component) {
    const auto members = cycles.of(component);
    const bool is_told = fatal.contains(audit.condensation.component[members[0]]);
    if (is_told || !is_cycle(audit, members)) continue;
    found.push_back(
        cycle_of(files, audit, members, shortest_cycle(audit.graph, cycles, members[0])));
  }
  for (auto& [component, cycle] : fatal) found.push_back(std::move(cycle));
  std::ranges::sort(found, [](const ImportCycle& a, const ImportCycle& b) {
    if (a.fatal.empty() != b.fatal.empty()) return b.fatal.empty();
    if (a.modules.size() != b.modules.size()) return a.modules.size() > b.modules.size();
    return a.modules < b.modules;
  });
  return found;
}

namespace {

/// Nodes by distance, as names.
template <typename Neighbours>
std::vector<std::vector<std::string>> by_distance(const Attributed& audit, uint32_t start,
                                                  uint32_t depth, Neighbours neighbours) {
  std::vector<std::vector<std::string>> found;
  std::unordered_set<uint32_t> seen{start};
  std::vector<uint32_t> open{start};
  for (uint32_t distance = 0; distance < depth && !open.empty(); ++distance) {
    std::vector<uint32_t> next;
    for (const uint32_t node : open) {
      neighbours(node, [&](uint32_t neighbour) {
        if (seen.insert(neighbour).second) next.push_back(neighbour);
      });
    }
    if (next.empty()) break;
    std::vector<std::string>& names = found.emplace_back();
    for (const uint32_t node : next) names.push_back(name_of(audit, node));
    std::ranges::sort(names);
    open = std::move(next);
  }
  return found;
}

constexpr EdgeClasses kStatements = ~only(EdgeClass::kParent);

}  // namespace

Result<Neighbourhood> answer_neighbourhood(const Attributed& audit, const std::string& module,
                                           uint32_t depth) {
  const uint32_t node = find_subject(audit, module).node;
  if (node == kNothing) return unknown_subject(module);
  const ImportGraph& graph = audit.graph;
  const Importers turned = importers_in(graph, kStatements);
  Neighbourhood made;
  made.module = name_of(audit, node);
  made.imports = by_distance(audit, node, depth, [&](uint32_t at, auto visit) {
    for (uint32_t edge = graph.offsets[at]; edge < graph.offsets[at + 1]; ++edge) {
      if (contains(kStatements, graph.classes[edge])) visit(graph.targets[edge]);
    }
  });
  made.imported_by = by_distance(audit, node, depth, [&](uint32_t at, auto visit) {
    for (const uint32_t source : turned.of(at)) visit(source);
  });
  return made;
}

std::vector<std::string> answer_unused(const FileSystem& files, const Attributed& audit) {
  const ImportGraph& graph = audit.graph;
  std::vector<bool> used(graph.node_count());
  for (uint32_t node = 0; node < graph.node_count(); ++node) {
    for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
      const bool states = contains(kStatements, graph.classes[edge]);
      if (states && graph.targets[edge] != node) used[graph.targets[edge]] = true;
    }
  }
  const std::unordered_set<std::string> started = started_modules(files, audit.made);
  const std::unordered_set<std::string> loaded = modules_loaded_of_apps(files, audit.made);
  std::unordered_set<std::string_view> named(started.begin(), started.end());
  named.insert(loaded.begin(), loaded.end());
  for (const FileFacts& facts : audit.made.scanned.facts) {
    for (const StringReference& reference : facts.string_references()) {
      named.insert(facts.name(reference.module));
    }
  }
  for (const StringTarget& target : audit.made.resolved.strings) {
    if (!target.module.empty()) named.insert(target.module);
  }
  // A package is used with any of its modules.
  std::unordered_set<std::string_view> packages;
  const std::vector<Module>& modules = audit.made.resolved.modules;
  for (uint32_t node = 0; node < graph.module_count; ++node) {
    const std::string_view name = modules[node].name;
    if (!used[node] && !named.contains(name)) continue;
    for (size_t dot = name.rfind('.'); dot != std::string_view::npos; dot = name.rfind('.', dot)) {
      packages.insert(name.substr(0, dot));
      if (dot-- == 0) break;
    }
  }
  const auto runs_by_itself = [&](const Module& module) {
    const std::string_view name = module.name;
    const std::string_view last = name.substr(name.rfind('.') + 1);
    const bool is_file = module.file_id != UINT32_MAX;
    return last == "__main__" || last == "conftest" || last == "setup" || last == "tests" ||
           name.find("tests.") != std::string_view::npos ||
           (is_file && audit.made.entry_paths.is_test[module.file_id]);
  };
  std::vector<std::string> unused;
  for (uint32_t node = 0; node < graph.module_count; ++node) {
    const std::string& name = modules[node].name;
    if (!audit.counted[node] || used[node] || named.contains(name)) continue;
    if (!packages.contains(name) && !runs_by_itself(modules[node])) unused.push_back(name);
  }
  std::ranges::sort(unused);
  return unused;
}

}  // namespace headwater::pipeline
