#include "attribute/first_members.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/sort_distinct.h"

namespace headwater::attribute {
namespace {

/// As an import goes: a handler's imports run where what it guards fails.
constexpr EdgeClasses kFollowed = kImportTime & ~only(EdgeClass::kFallback);
/// Members times members that fail, to know which of them load all of these.
constexpr size_t kMostLoads = 1'000'000;

/// What certainly runs, and lets the ImportError of a cycle through.
bool lets_through(EdgeKind kind) {
  return kind.runs == EdgeClass::kParent ||
         (kind.runs == EdgeClass::kImport && !kind.guard.holds_others());
}

class Search {
 public:
  Search(const ImportGraph& graph, const Condensation& condensation, uint32_t cycle)
      : graph_(graph), condensation_(condensation), cycle_(cycle) {
    member_.assign(graph.node_count(), kNothing);
    for (const uint32_t node : members()) member_[node] = node;
  }

  void run() {
    // Components are in topological order.
    for (uint32_t component = cycle_ + 1; component < condensation_.component_count();
         ++component) {
      const auto nodes = condensation_.of(component);
      for (const uint32_t node : nodes) look_at(node);
      if (nodes.size() > 1) agree(nodes);
    }
  }

  /// Also tells who is certain. `struck`: members of the cycle.
  void run(std::span<const StruckMember> struck) {
    is_certain_.assign(graph_.node_count(), true);
    const std::vector<bool> loads_all = load_all(struck);
    for (size_t i = 0; i < members().size(); ++i) is_certain_[members()[i]] = loads_all[i];
    for (const StruckMember& one : struck) is_certain_[one.node] = true;
    run();
  }

  bool is_uncertain(uint32_t node) const { return !is_certain_[node]; }
  std::vector<uint32_t>& member() { return member_; }

 private:
  std::span<const uint32_t> members() const { return condensation_.of(cycle_); }

  /// By position: whether a member that imports has all of `struck` loaded.
  std::vector<bool> load_all(std::span<const StruckMember> struck) const {
    const size_t count = members().size();
    if (struck.size() * count > kMostLoads) return std::vector<bool>(count);
    std::unordered_map<uint32_t, uint32_t> position;
    for (uint32_t i = 0; i < count; ++i) position.emplace(members()[i], i);
    std::vector<std::vector<uint32_t>> importers(count);  // by position
    for (uint32_t i = 0; i < count; ++i) {
      const uint32_t node = members()[i];
      for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
        const auto target = position.find(graph_.targets[edge]);
        const bool is_sure = lets_through(graph_.kind(edge));
        if (is_sure && target != position.end()) importers[target->second].push_back(i);
      }
    }
    std::vector<bool> all(count, true);
    for (const StruckMember& one : struck) {
      std::vector<bool> loads(count);
      std::vector<uint32_t> open{position.at(one.node)};
      loads[open.front()] = true;
      while (!open.empty()) {
        const uint32_t at = open.back();
        open.pop_back();
        for (const uint32_t importer : importers[at]) {
          if (!loads[importer]) open.push_back(importer);
          loads[importer] = true;
        }
      }
      for (size_t i = 0; i < count; ++i) all[i] = all[i] && loads[i];
    }
    return all;
  }

  void look_at(uint32_t node) {
    bool is_certain = true;
    for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
      const EdgeKind kind = graph_.kind(edge);
      const uint32_t target = graph_.targets[edge];
      const bool is_inside = condensation_.component[target] == condensation_.component[node];
      if (is_inside || !contains(kImportTime, kind.runs)) continue;
      const bool leads = member_[target] != kNothing;
      if (!leads && is_sure(target)) continue;
      is_certain &= leads && lets_through(kind) && is_sure(target);
      if (!leads || !contains(kFollowed, kind.runs)) continue;
      member_[node] = member_[target];
      break;
    }
    if (!is_certain_.empty()) is_certain_[node] = is_certain;
  }

  bool is_sure(uint32_t node) const { return is_certain_.empty() || is_certain_[node]; }

  /// Another cycle, that may be entered anywhere: what one member finds, all find; and they come
  /// to one and the same for certain, or nothing is certain of any.
  void agree(std::span<const uint32_t> nodes) {
    const auto found =
        std::ranges::find_if(nodes, [&](uint32_t node) { return member_[node] != kNothing; });
    const uint32_t member = found == nodes.end() ? kNothing : member_[*found];
    const bool is_certain = std::ranges::all_of(
        nodes, [&](uint32_t node) { return is_sure(node) && is_alike(node, member); });
    for (const uint32_t node : nodes) {
      if (member_[node] == kNothing) member_[node] = member;
      if (!is_certain_.empty()) is_certain_[node] = is_certain;
    }
  }

  bool is_alike(uint32_t node, uint32_t member) const {
    if (member == kNothing) return true;
    if (member_[node] != kNothing && member_[node] != member) return false;
    const uint32_t component = condensation_.component[node];
    for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
      const EdgeKind kind = graph_.kind(edge);
      const bool is_inside = condensation_.component[graph_.targets[edge]] == component;
      if (is_inside && contains(kImportTime, kind.runs) && !lets_through(kind)) {
        return false;
      }
    }
    return true;
  }

  const ImportGraph& graph_;
  const Condensation& condensation_;
  const uint32_t cycle_;
  std::vector<uint32_t> member_;
  std::vector<bool> is_certain_;  // empty: not asked for
};

}  // namespace

std::vector<uint32_t> first_members(const ImportGraph& graph, const Condensation& condensation,
                                    uint32_t cycle) {
  Search search(graph, condensation, cycle);
  search.run();
  return std::move(search.member());
}

UncertainImporters uncertain_importers(const ImportGraph& graph, const Condensation& condensation,
                                       std::span<const StruckMember> struck) {
  std::map<uint32_t, std::vector<StruckMember>> struck_of;  // by cycle
  for (const StruckMember& one : struck) {
    struck_of[condensation.component[one.node]].push_back(one);
  }
  UncertainImporters importers;
  for (const auto& [cycle, own] : struck_of) {
    Search search(graph, condensation, cycle);
    search.run(own);
    const bool has_one_repair = std::ranges::all_of(
        own, [&](const StruckMember& one) { return one.repairs == own.front().repairs; });
    for (uint32_t node = 0; node < graph.node_count(); ++node) {
      if (condensation.component[node] == cycle) continue;
      const bool is_uncertain = search.is_uncertain(node);
      const bool leads = is_uncertain || search.member()[node] != kNothing;
      if (is_uncertain) importers.of_state.push_back(node);
      if (is_uncertain || (leads && !has_one_repair)) importers.of_causes.push_back(node);
    }
  }
  sort_distinct(importers.of_state);
  sort_distinct(importers.of_causes);
  return importers;
}

}  // namespace headwater::attribute
