#include "base/nearest_name.h"

#include <algorithm>
#include <vector>

namespace headwater {
namespace {

constexpr size_t kLongest = 100;  // bytes: nobody mistypes more, and the distance is quadratic

/// Optimal string alignment; O(|a| |b|) time, three rows of memory.
size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before_last(b.size() + 1);
  std::vector<size_t> last(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t substituted = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substituted});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view name, std::span<const std::string_view> candidates) {
  std::string_view nearest;
  size_t least = SIZE_MAX;
  if (name.size() > kLongest) return nearest;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongest) continue;
    const size_t longer = std::max(name.size(), candidate.size());
    const size_t shorter = std::min(name.size(), candidate.size());
    if (longer - shorter > longer / 3) continue;
    const size_t found = distance(name, candidate);
    if (found <= longer / 3 && found < least) {
      least = found;
      nearest = candidate;
    }
  }
  return nearest;
}

bool is_one_slip_away(std::string_view name, std::string_view other) {
  constexpr size_t kShortest = 4;
  const size_t shorter = std::min(name.size(), other.size());
  const size_t longer = std::max(name.size(), other.size());
  if (name.size() < kShortest || longer - shorter > 1 || name == other) return false;
  if (name.starts_with('_') != other.starts_with('_')) return false;
  size_t before = 0;  // bytes in common at the beginning, and then at the end
  while (before < shorter && name[before] == other[before]) ++before;
  size_t behind = 0;
  while (before + behind < shorter &&
         name[name.size() - 1 - behind] == other[other.size() - 1 - behind]) {
    ++behind;
  }
  const size_t left = longer - before - behind;
  const bool is_swap = left == 2 && longer == shorter && name[before] == other[before + 1] &&
                       name[before + 1] == other[before];
  return left == 1 || is_swap;
}

}  // namespace headwater
