#include "model/known_distributions.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "model/requirement.h"

namespace headwater {
namespace {

using Row = std::pair<std::string_view, std::string_view>;

constexpr Row kDistributions[] = {
#include "model/known_distributions.inc"
};

}  // namespace

std::string_view known_distribution(std::string_view import_name) {
  const Row* const found = std::ranges::find(kDistributions, import_name, &Row::first);
  return found == std::end(kDistributions) ? std::string_view() : found->second;
}

std::vector<std::string_view> known_import_names(std::string_view normalized_name) {
  std::vector<std::string_view> names;
  for (const auto& [import_name, distribution] : kDistributions) {
    if (normalized_distribution_name(distribution) == normalized_name) names.push_back(import_name);
  }
  return names;
}

std::vector<std::string_view> known_distributions(std::string_view import_name) {
  std::vector<std::string_view> names;
  for (const auto& [known, distribution] : kDistributions) {
    if (known == import_name) names.push_back(distribution);
  }
  return names;
}

}  // namespace headwater
