#include "graph/reach.h"

#include <algorithm>
#include <unordered_map>

#include "base/reached_from.h"

namespace headwater::graph {

std::vector<bool> reachable(const ImportGraph& graph, std::span<const uint32_t> starts,
                            EdgeClasses mask) {
  return reached_from(graph.node_count(), starts, [&](uint32_t node, auto visit) {
    for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
      if (contains(mask, graph.classes[edge])) visit(graph.targets[edge]);
    }
  });
}

size_t ReachCounter::count(uint32_t start, size_t most) {
  ++serial_;
  open_.assign(1, start);
  seen_[start] = serial_;
  size_t count = 0;
  while (!open_.empty() && count <= most) {
    const uint32_t node = open_.back();
    open_.pop_back();
    ++count;
    for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
      const uint32_t target = graph_.targets[edge];
      if (!contains(mask_, graph_.classes[edge]) || seen_[target] == serial_) continue;
      seen_[target] = serial_;
      open_.push_back(target);
    }
  }
  return count;
}

Way shortest_way(const ImportGraph& graph, uint32_t start,
                 const std::function<bool(uint32_t edge)>& leads_on,
                 const std::function<bool(uint32_t node)>& is_end) {
  std::unordered_map<uint32_t, ChainStep> reached_by;
  std::vector<uint32_t> open{start};
  Way way;
  for (size_t head = 0; head < open.size() && way.end == kNothing; ++head) {
    const uint32_t node = open[head];
    for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
      const uint32_t target = graph.targets[edge];
      if (!leads_on(edge)) continue;
      if (!reached_by.try_emplace(target, ChainStep{node, graph.statements[edge]}).second) continue;
      open.push_back(target);
      if (!is_end(target)) continue;
      way.end = target;
      break;
    }
  }
  if (way.end == kNothing) return way;
  uint32_t node = way.end;
  do {
    way.steps.push_back(reached_by.at(node));
    node = way.steps.back().node;
  } while (node != start);
  std::ranges::reverse(way.steps);
  return way;
}

}  // namespace headwater::graph
