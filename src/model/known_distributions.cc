#include "model/known_distributions.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "model/requirement.h"

namespace headwater {
namespace {

using Row = std::pair<std::string_view, std::string_view>;

constexpr Row kDistributions[] = {
#include "model/known_distributions.inc"
};

/// Sorted.
constexpr std::string_view kRequired[] = {
#include "model/required_distributions.inc"
};

/// Of pyyaml and its like the table knows that they bring modules of other names.
bool provides_its_name(std::string_view normalized_name) {
  static const std::unordered_set<std::string> others = [] {
    std::unordered_set<std::string> names;
    for (const Row& row : kDistributions) names.insert(normalized_distribution_name(row.second));
    return names;
  }();
  return !others.contains(std::string(normalized_name));
}

}  // namespace

std::string_view known_distribution(std::string_view import_name) {
  static const std::unordered_map<std::string_view, std::string_view> known(
      std::begin(kDistributions), std::end(kDistributions));
  if (const auto found = known.find(import_name); found != known.end()) return found->second;
  std::string name(import_name);  // case counts: no distribution provides `Flask`
  std::ranges::replace(name, '_', '-');
  const std::string_view* const required = std::ranges::lower_bound(kRequired, name);
  const bool is_it = required != std::end(kRequired) && *required == name;
  return is_it && provides_its_name(name) ? *required : std::string_view();
}

const std::vector<std::string_view>& known_import_names() {
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> names;
    for (const auto& [import_name, distribution] : kDistributions) names.push_back(import_name);
    for (const std::string_view required : kRequired) {
      const bool is_one_word = required.find('-') == std::string_view::npos;
      if (is_one_word && provides_its_name(required)) names.push_back(required);
    }
    return names;
  }();
  return all;
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
