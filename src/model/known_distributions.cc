#include "model/known_distributions.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>
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
  return known_import_names(normalized_name).empty();
}

/// Those that the table has for the longest part of the name; nullptr: none.
const std::vector<std::string_view>* in_table(std::string_view dotted) {
  static const auto known = [] {
    std::unordered_map<std::string_view, std::vector<std::string_view>> by_import_name;
    for (const auto& [name, distribution] : kDistributions) {
      by_import_name[name].push_back(distribution);
    }
    return by_import_name;
  }();
  for (std::string_view part = dotted;; part = part.substr(0, part.rfind('.'))) {
    if (const auto found = known.find(part); found != known.end()) return &found->second;
    if (part.find('.') == part.npos) return nullptr;
  }
}

/// One that others require by the very name; empty: none.
std::string_view required_by_name(std::string_view dotted) {
  std::string name(dotted.substr(0, dotted.find('.')));
  std::ranges::replace(name, '_', '-');  // case counts: no distribution provides `Flask`
  const std::string_view* const required = std::ranges::lower_bound(kRequired, name);
  const bool is_it = required != std::end(kRequired) && *required == name;
  return is_it && provides_its_name(name) ? *required : std::string_view();
}

}  // namespace

std::vector<std::string_view> known_distributions(std::string_view dotted) {
  if (const auto* const listed = in_table(dotted)) return *listed;
  const std::string_view required = required_by_name(dotted);
  if (required.empty()) return {};
  return {required};
}

std::string_view known_distribution(std::string_view dotted) {
  const auto* const listed = in_table(dotted);
  return listed != nullptr ? listed->front() : required_by_name(dotted);
}

const std::vector<std::string_view>& known_import_names() {
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> names;
    for (const auto& [import_name, distribution] : kDistributions) {
      if (import_name.find('.') == import_name.npos) names.push_back(import_name);
    }
    for (const std::string_view required : kRequired) {
      const bool is_one_word = required.find('-') == std::string_view::npos;
      if (is_one_word && provides_its_name(required)) names.push_back(required);
    }
    return names;
  }();
  return all;
}

const std::vector<std::string_view>& known_import_names(std::string_view normalized_name) {
  static const std::unordered_map<std::string, std::vector<std::string_view>> known = [] {
    std::unordered_map<std::string, std::vector<std::string_view>> by_distribution;
    for (const auto& [import_name, distribution] : kDistributions) {
      by_distribution[normalized_distribution_name(distribution)].push_back(import_name);
    }
    return by_distribution;
  }();
  static const std::vector<std::string_view> none;
  const auto found = known.find(std::string(normalized_name));
  return found != known.end() ? found->second : none;
}

}  // namespace headwater
