#include "pipeline/unshown_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/sort_distinct.h"
#include "graph/reach.h"

namespace headwater::pipeline {
namespace {

/// Modules that the simulations of first importers may run, with all that they do: one takes about
/// 300 us.
constexpr size_t kMostRuns = 3'000;

bool fails_without(const Import& import) {
  const EdgeKind kind = edge_kind(import);
  return kind.runs == EdgeClass::kElse ||
         (kind.runs == EdgeClass::kImport && !kind.guard.holds_others());
}

}  // namespace

std::vector<UnshownName> unshown_names(const StageOutputs& made, const ImportGraph& graph,
                                       const std::vector<uint8_t>& counted) {
  std::map<std::pair<uint32_t, std::string_view>, std::vector<uint32_t>> importers;
  for (const Resolution& row : made.resolved.resolutions) {
    if (row.outcome != Outcome::kUnshown) continue;
    const uint32_t file = index_of(row.file);
    const uint32_t node = graph.node_of_file[file];
    const FileFacts& facts = made.scanned.facts[file];
    if (node == kNothing || counted[node] == 0 || !fails_without(facts.imports()[row.import])) {
      continue;
    }
    importers[{row.target, made.resolved.unshown_name(row, facts)}].push_back(node);
  }
  std::vector<UnshownName> names;
  for (auto& [key, nodes] : importers) {
    sort_distinct(nodes);
    names.push_back({key.first, key.second, std::move(nodes)});
  }
  return names;
}

std::vector<uint32_t> first_importers(const std::vector<UnshownName>& names,
                                      const ImportGraph& graph) {
  std::map<uint32_t, size_t> asked_of;  // by module
  for (const UnshownName& one : names) ++asked_of[one.module];
  std::map<uint32_t, size_t> fewest_asked;  // of a module, by first importer
  for (const UnshownName& one : names) {
    size_t& fewest = fewest_asked.try_emplace(one.importers.front(), SIZE_MAX).first->second;
    fewest = std::min(fewest, asked_of[one.module]);
  }
  struct First {
    size_t asked;
    size_t runs;
    uint32_t node;
    auto operator<=>(const First&) const = default;
  };
  std::vector<First> all;
  for (const auto& [node, asked] : fewest_asked) {
    const std::vector<bool> imported = graph::reachable(graph, {&node, 1}, kImportTime);
    all.push_back({asked, static_cast<size_t>(std::ranges::count(imported, true)), node});
  }
  std::ranges::sort(all);
  std::vector<uint32_t> taken;
  size_t runs = 0;
  for (const First& first : all) {
    if (runs + first.runs > kMostRuns) continue;
    runs += first.runs;
    taken.push_back(first.node);
  }
  std::ranges::sort(taken);
  return taken;
}

std::vector<uint32_t> importers_of_missing(const std::vector<UnshownName>& names,
                                           const ResolvedTree& resolved,
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
  return nodes;
}

}  // namespace headwater::pipeline
