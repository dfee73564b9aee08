#include "attribute/entry_causes.h"

#include <algorithm>
#include <map>

namespace headwater::attribute {
namespace {

/// As an import goes: a handler's imports run where what it guards fails.
constexpr EdgeClasses kFollowed = kImportTime & ~only(EdgeClass::kFallback);

/// By node: the member of the cycle that an import of the node comes to first; kNothing: none.
std::vector<uint32_t> first_members(const ImportGraph& graph, const Condensation& condensation,
                                    uint32_t cycle) {
  std::vector<uint32_t> first(graph.node_count(), kNothing);
  for (const uint32_t member : condensation.of(cycle)) first[member] = member;
  const auto first_of = [&](uint32_t node) {
    for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
      if (!contains(kFollowed, graph.classes[edge])) continue;
      const uint32_t found = first[graph.targets[edge]];
      if (found != kNothing) return found;
    }
    return kNothing;
  };
  // Components are in topological order; in another cycle what one member finds, all find.
  for (uint32_t component = cycle + 1; component < condensation.component_count(); ++component) {
    const auto nodes = condensation.of(component);
    for (bool changed = true; changed;) {
      changed = false;
      for (const uint32_t node : nodes) {
        if (first[node] != kNothing) continue;
        first[node] = first_of(node);
        changed |= first[node] != kNothing && nodes.size() > 1;
      }
    }
  }
  return first;
}

}  // namespace

std::vector<EntryCauses> entry_causes(const ImportGraph& graph, const Condensation& condensation,
                                      std::span<const KnownOutcome> known,
                                      const std::vector<bool>& is_of_cycle) {
  std::map<uint32_t, std::vector<uint32_t>> causes;  // by component
  std::vector<bool> is_fatal(graph.node_count());
  for (const KnownOutcome& outcome : known) {
    const uint32_t component = condensation.component[outcome.node];
    if (condensation.of(component).size() == 1) continue;
    for (const uint32_t cause : outcome.causes) {
      if (!is_of_cycle[cause]) continue;
      causes[component].push_back(cause);
      is_fatal[outcome.node] = true;
    }
  }
  std::vector<EntryCauses> all;
  for (auto& [component, some] : causes) {
    std::ranges::sort(some);
    some.erase(std::ranges::unique(some).begin(), some.end());
    const std::vector<uint32_t> first = first_members(graph, condensation, component);
    EntryCauses& made = all.emplace_back();
    made.causes = std::move(some);
    for (const uint32_t member : first) {
      made.spared.push_back(member == kNothing || !is_fatal[member]);
    }
  }
  return all;
}

}  // namespace headwater::attribute
