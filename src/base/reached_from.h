#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace headwater {

/// Which of `count` nodes are `starts` or reached from one. `for_each_next(node, visit)` calls
/// visit() for each node that one step leads to.
template <typename ForEachNext>
std::vector<bool> reached_from(size_t count, std::span<const uint32_t> starts,
                               ForEachNext for_each_next) {
  std::vector<bool> seen(count);
  std::vector<uint32_t> open;
  const auto enter = [&](uint32_t node) {
    if (seen[node]) return;
    seen[node] = true;
    open.push_back(node);
  };
  for (const uint32_t start : starts) enter(start);
  while (!open.empty()) {
    const uint32_t node = open.back();
    open.pop_back();
    for_each_next(node, enter);
  }
  return seen;
}

}  // namespace headwater
