#include "pipeline/unshown_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "attribute/cycle_suspects.h"
#include "base/sort_distinct.h"
#include "graph/reach.h"

namespace headwater::pipeline {
namespace {

/// Modules that the simulations of first importers may run, and those of the others after them,
/// with all that they do: one takes about 300 us.
constexpr size_t kMostRuns = 3'000;

/// Of `nodes`, in their order, as many as can be run; ascending.
std::vector<uint32_t> affordable(const std::vector<uint32_t>& nodes, const ImportGraph& graph) {
  graph::ReachCounter reach(graph, kImportTime);
  std::vector<uint32_t> taken;
  size_t left = kMostRuns;
  size_t tries = 0;
  for (const uint32_t node : nodes) {
    if (left == 0 || ++tries > kMostRuns) break;
    const size_t runs = reach.count(node, left);
    if (runs > left) continue;
    left -= runs;
    taken.push_back(node);
  }
  std::ranges::sort(taken);
  return taken;
}

}  // namespace

std::vector<UnshownName> unshown_names(const StageOutputs& made, const ImportGraph& graph,
                                       const std::vector<uint8_t>& counted) {
  std::map<std::pair<uint32_t, std::string_view>, UnshownName> by_name;
  // What the library certainly has is not asked for here.
  const auto is_lacking = [&](const Resolution& row) {
    return made.resolved.modules[row.target].origin == ModuleOrigin::kStandardLibrary;
  };
  for (const Resolution& row : made.resolved.resolutions) {
    if (row.outcome != Outcome::kUnshown) continue;
    const uint32_t file = index_of(row.file);
    const uint32_t node = graph.node_of_file[file];
    const FileFacts& facts = made.scanned.facts[file];
    const EdgeKind kind = edge_kind(facts.imports()[row.import]);
    if (node == kNothing || counted[node] == 0 || !attribute::lets_missing_names_through(kind)) {
      continue;
    }
    const std::string_view name = made.resolved.unshown_name(row, facts);
    UnshownName& asked = by_name.try_emplace({row.target, name}).first->second;
    if (asked.importers.empty()) asked = {row.target, name, {}, kNothing, is_lacking(row)};
    asked.importers.push_back(node);
    if (!kind.guard.holds_any()) asked.first = std::min(asked.first, node);
  }
  std::vector<UnshownName> names;
  for (auto& [key, asked] : by_name) {
    sort_distinct(asked.importers);
    if (asked.first == kNothing) asked.first = asked.importers.front();
    names.push_back(std::move(asked));
  }
  return names;
}

std::vector<uint32_t> first_importers(const std::vector<UnshownName>& names,
                                      const ImportGraph& graph) {
  std::map<uint32_t, size_t> asked_of;  // by module
  for (const UnshownName& one : names) ++asked_of[one.module];
  std::map<uint32_t, size_t> fewest_asked;  // of a module, by first importer
  for (const UnshownName& one : names) {
    size_t& fewest = fewest_asked.try_emplace(one.first, SIZE_MAX).first->second;
    fewest = std::min(fewest, one.is_lacking ? 0 : asked_of[one.module]);
  }
  std::vector<std::pair<size_t, uint32_t>> all;
  for (const auto& [node, asked] : fewest_asked) all.emplace_back(asked, node);
  std::ranges::sort(all);
  std::vector<uint32_t> nodes;
  for (const auto& [asked, node] : all) nodes.push_back(node);
  return affordable(nodes, graph);
}

std::vector<uint32_t> importers_of_missing(const std::vector<UnshownName>& names,
                                           const ResolvedTree& resolved, const ImportGraph& graph,
                                           const OutcomeTable& table) {
  std::set<std::pair<std::string_view, std::string_view>> missing;
  for (const ImportCause& cause : table.causes) {
    const bool lacks_name = cause.kind == ImportFailureKind::kMissingSymbol ||
                            cause.kind == ImportFailureKind::kMissingAttribute;
    if (!lacks_name) continue;
    missing.emplace(cause.module, cause.symbol);
  }
  std::vector<uint32_t> nodes;
  for (const UnshownName& one : names) {
    if (!missing.contains({resolved.modules[one.module].name, one.name})) continue;
    nodes.insert(nodes.end(), one.importers.begin(), one.importers.end());
  }
  sort_distinct(nodes);
  return affordable(nodes, graph);
}

}  // namespace headwater::pipeline
