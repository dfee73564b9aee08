#include "findings/selection.h"

#include <algorithm>

#include "findings/kinds.h"

namespace headwater::findings {
namespace {

/// The length of the longest of `prefixes` that `code` begins with; -1 if none.
long longest_prefix(const std::vector<std::string>& prefixes, std::string_view code) {
  long longest = -1;
  for (const std::string& prefix : prefixes) {
    if (code.starts_with(prefix)) longest = std::max(longest, static_cast<long>(prefix.size()));
  }
  return longest;
}

}  // namespace

bool Selection::names(std::string_view prefix) const {
  return std::any_of(select.begin(), select.end(),
                     [&](const std::string& one) { return one.starts_with(prefix); });
}

std::string_view Selection::unknown() const {
  for (const std::vector<std::string>* prefixes : {&select, &ignore}) {
    for (const std::string& prefix : *prefixes) {
      const bool is_known = std::ranges::any_of(
          finding_kinds(), [&](const FindingKind& kind) { return kind.code.starts_with(prefix); });
      if (!is_known) return prefix;
    }
  }
  return {};
}

bool Selection::takes(std::string_view code) const {
  const long selected = select.empty() ? 0 : longest_prefix(select, code);
  return selected >= 0 && selected > longest_prefix(ignore, code);
}

}  // namespace headwater::findings
