#pragma once

#include <algorithm>
#include <vector>

namespace headwater {

/// Sorts, and leaves one of those that are equal.
template <typename Value>
void sort_distinct(std::vector<Value>& values) {
  std::ranges::sort(values);
  const auto rest = std::ranges::unique(values);
  values.erase(rest.begin(), rest.end());
}

}  // namespace headwater
