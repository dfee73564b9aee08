#include "attribute/first_members.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace headwater::attribute {
namespace {

/// As an import goes: a handler's imports run where what it guards fails.
constexpr EdgeClasses kFollowed = kImportTime & ~only(EdgeClass::kFallback);
/// What certainly runs, and lets the ImportError of a cycle through.
constexpr EdgeClasses kCertain = kHard | only(EdgeClass::kGuardedMissing);

class Search {
 public:
  Search(const ImportGraph& graph, const Condensation& condensation, uint32_t cycle,
         std::span<const StruckMember> struck)
      : graph_(graph), condensation_(condensation), cycle_(cycle), struck_(struck) {
    made_.member.assign(graph.node_count(), kNothing);
    made_.is_certain.assign(graph.node_count(), true);
  }

  FirstMembers run() {
    const bool has_one_repair = std::ranges::all_of(
        struck_, [&](const StruckMember& one) { return one.repairs == struck_.front().repairs; });
    for (const uint32_t member : condensation_.of(cycle_)) {
      made_.member[member] = member;
      made_.is_certain[member] = has_one_repair && (is_struck(member) || loads_all_struck(member));
    }
    // Components are in topological order; in another cycle what one member finds, all find.
    for (uint32_t component = cycle_ + 1; component < condensation_.component_count();
         ++component) {
      const auto nodes = condensation_.of(component);
      for (bool changed = true; changed;) {
        changed = false;
        for (const uint32_t node : nodes) {
          if (made_.member[node] != kNothing) continue;
          look_at(node);
          changed |= made_.member[node] != kNothing && nodes.size() > 1;
        }
      }
      if (nodes.size() > 1) agree(nodes);
    }
    return std::move(made_);
  }

 private:
  bool is_struck(uint32_t member) const {
    return std::ranges::find(struck_, member, &StruckMember::node) != struck_.end();
  }

  /// If it imports at all.
  bool loads_all_struck(uint32_t member) const {
    std::unordered_set<uint32_t> loaded{member};
    std::vector<uint32_t> open{member};
    while (!open.empty()) {
      const uint32_t node = open.back();
      open.pop_back();
      for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
        const uint32_t target = graph_.targets[edge];
        if (!contains(kCertain, graph_.classes[edge])) continue;
        if (condensation_.component[target] != cycle_) continue;
        if (loaded.insert(target).second) open.push_back(target);
      }
    }
    return std::ranges::all_of(struck_,
                               [&](const StruckMember& one) { return loaded.contains(one.node); });
  }

  void look_at(uint32_t node) {
    bool is_certain = true;
    for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
      const EdgeClass edge_class = graph_.classes[edge];
      const uint32_t target = graph_.targets[edge];
      if (made_.member[target] == kNothing || !contains(kImportTime, edge_class)) continue;
      is_certain &= contains(kCertain, edge_class) && made_.is_certain[target];
      if (!contains(kFollowed, edge_class)) continue;
      made_.member[node] = made_.member[target];
      break;
    }
    made_.is_certain[node] = is_certain;
  }

  /// Another cycle, that may be entered anywhere: its members come to one and the same, or nothing
  /// is certain of any.
  void agree(std::span<const uint32_t> nodes) {
    const uint32_t component = condensation_.component[nodes.front()];
    const auto is_alike = [&](uint32_t node) {
      if (!made_.is_certain[node] || made_.member[node] != made_.member[nodes.front()]) {
        return false;
      }
      for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
        const bool is_inside = condensation_.component[graph_.targets[edge]] == component;
        const EdgeClass edge_class = graph_.classes[edge];
        const bool runs = contains(kImportTime, edge_class);
        if (is_inside && runs && !contains(kCertain, edge_class)) return false;
      }
      return true;
    };
    if (std::ranges::all_of(nodes, is_alike)) return;
    for (const uint32_t node : nodes) made_.is_certain[node] = false;
  }

  const ImportGraph& graph_;
  const Condensation& condensation_;
  const uint32_t cycle_;
  const std::span<const StruckMember> struck_;
  FirstMembers made_;
};

}  // namespace

FirstMembers first_members(const ImportGraph& graph, const Condensation& condensation,
                           uint32_t cycle, std::span<const StruckMember> struck) {
  return Search(graph, condensation, cycle, struck).run();
}

std::vector<uint32_t> uncertain_importers(const ImportGraph& graph,
                                          const Condensation& condensation,
                                          std::span<const StruckMember> struck) {
  std::map<uint32_t, std::vector<StruckMember>> struck_of;  // by cycle
  for (const StruckMember& one : struck) {
    struck_of[condensation.component[one.node]].push_back(one);
  }
  std::vector<uint32_t> importers;
  for (const auto& [cycle, own] : struck_of) {
    const FirstMembers first = first_members(graph, condensation, cycle, own);
    for (uint32_t node = 0; node < first.member.size(); ++node) {
      const bool is_importer =
          first.member[node] != kNothing && condensation.component[node] != cycle;
      if (is_importer && !first.is_certain[node]) importers.push_back(node);
    }
  }
  std::ranges::sort(importers);
  importers.erase(std::ranges::unique(importers).begin(), importers.end());
  return importers;
}

}  // namespace headwater::attribute
