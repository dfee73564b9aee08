#include "attribute/entry_causes.h"

#include <map>
#include <set>

#include "attribute/first_members.h"
#include "base/sort_distinct.h"

namespace headwater::attribute {

EntryCauses entry_causes(const ImportGraph& graph, const Condensation& condensation,
                         std::span<const KnownOutcome> known, std::span<const uint32_t> spared,
                         const std::vector<bool>& is_of_cycle) {
  std::map<uint32_t, std::vector<uint32_t>> causes;  // by node
  std::set<uint32_t> cycles;                         // components
  std::set<uint32_t> all;
  for (const KnownOutcome& outcome : known) {
    const uint32_t component = condensation.component[outcome.node];
    for (const uint32_t cause : outcome.causes) {
      if (!is_of_cycle[cause]) continue;
      causes[outcome.node].push_back(cause);
      if (condensation.of(component).size() == 1) continue;
      cycles.insert(component);
      all.insert(cause);
    }
  }
  EntryCauses made;
  if (all.empty()) return made;
  made.causes.assign(all.begin(), all.end());
  std::vector<std::vector<uint32_t>> struck(graph.node_count());
  for (const uint32_t cycle : cycles) {
    const std::vector<uint32_t> first = first_members(graph, condensation, cycle);
    for (uint32_t node = 0; node < first.size(); ++node) {
      const auto member = causes.find(first[node]);
      if (member == causes.end()) continue;
      struck[node].insert(struck[node].end(), member->second.begin(), member->second.end());
    }
  }
  for (const uint32_t node : spared) struck[node].clear();
  for (const KnownOutcome& outcome : known) {
    const auto own = causes.find(outcome.node);
    if (own != causes.end() && outcome.is_complete) struck[outcome.node] = own->second;
  }
  std::map<std::vector<uint32_t>, uint32_t> numbers{{{}, EntryCauses::kSpared}};
  for (std::vector<uint32_t>& own : struck) {
    sort_distinct(own);
    const auto [number, is_new] =
        numbers.try_emplace(own, static_cast<uint32_t>(made.strike.size()));
    made.entered.push_back(number->second);
    if (is_new) made.strike.push_back(std::move(own));
  }
  return made;
}

}  // namespace headwater::attribute
