#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace headwater {

/// Where each of `some` stands in `all`, which is sorted and has them.
template <typename Value>
std::vector<uint32_t> places_in(const std::vector<Value>& all, const std::vector<Value>& some) {
  std::vector<uint32_t> places;
  for (const Value& value : some) {
    places.push_back(static_cast<uint32_t>(std::ranges::lower_bound(all, value) - all.begin()));
  }
  return places;
}

}  // namespace headwater
