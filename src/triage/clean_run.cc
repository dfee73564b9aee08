#include "triage/clean_run.h"

#include <algorithm>

#include "base/text.h"
#include "triage/line_reader.h"

namespace headwater::triage {
namespace {

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "2 passed, 1 skipped in 0.01s", with nothing in it that went wrong.
bool is_of_passing_tests(std::string_view line) {
  constexpr std::string_view kFine[] = {"passed",     "skipped", "xfailed", "xpassed",
                                        "deselected", "warning", "warnings"};
  const size_t end = line.rfind(" in ");
  if (end == std::string_view::npos || line.find("s", end + 4) == std::string_view::npos) {
    return false;
  }
  std::string_view counts = line.substr(0, end);
  while (!counts.empty()) {
    const size_t comma = std::min(counts.find(", "), counts.size());
    const std::string_view count = counts.substr(0, comma);
    const size_t space = std::min(count.find(' '), count.size());
    if (!is_number(count.substr(0, space)) || space == count.size()) return false;
    if (std::ranges::find(kFine, count.substr(space + 1)) == std::end(kFine)) return false;
    counts.remove_prefix(std::min(comma + 2, counts.size()));
  }
  return end != 0;
}

std::string_view tool_that_says(std::string_view line) {
  if (line.starts_with("Success: no issues found in ")) return "mypy";
  if (line == "All checks passed!") return "ruff or ty";
  if (line == "0 errors, 0 warnings, 0 informations") return "pyright";
  return is_of_passing_tests(line) ? "pytest" : std::string_view();
}

bool speaks_of_error(std::string_view line) {
  return line.find("rror") != std::string_view::npos ||
         line.find("ERROR") != std::string_view::npos;
}

}  // namespace

void CleanRun::line(std::string_view text) {
  const std::string plain = without_colors(text);
  const std::string_view line = trimmed(plain);
  if (line.empty()) return;
  is_blank_ = false;
  tool_ = tool_that_says(line);
  has_errors_ |= tool_.empty() && speaks_of_error(line);
}

}  // namespace headwater::triage
