#include "pipeline/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace headwater::pipeline {
namespace {

std::string current_day() {
  const std::chrono::year_month_day day(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  return fmt::format("{:04}-{:02}-{:02}", int(day.year()), unsigned(day.month()),
                     unsigned(day.day()));
}

}  // namespace

Result<findings::FindOptions> find_options(const AuditOptions& options,
                                           const project::Configuration& configuration) {
  findings::FindOptions find;
  find.selection.select = options.select.empty() ? configuration.select : options.select;
  find.selection.ignore = configuration.ignore;
  find.selection.ignore.insert(find.selection.ignore.end(), options.ignore.begin(),
                               options.ignore.end());
  find.deferrals = configuration.deferrals;
  find.today = day_of(options);
  findings::Selection named = find.selection;
  for (const Deferral& deferral : find.deferrals) {
    if (!deferral.code.empty()) named.ignore.push_back(deferral.code);
  }
  if (const std::string_view code = named.unknown(); !code.empty()) {
    return fail(
        ErrorCode::kUsage, std::string(code),
        "no code begins so; docs/codes.md lists them, such as HW201 or HW2 for all of a group");
  }
  return find;
}

std::string day_of(const AuditOptions& options) {
  return options.today.empty() ? current_day() : options.today;
}

Days days_alike(const findings::FindOptions& find) {
  if (find.deferrals.empty()) return {};
  Days days{find.today, "9999-12-31"};
  for (const Deferral& deferral : find.deferrals) {
    if (!deferral.until.empty() && deferral.until >= find.today)
      days.last = std::min(days.last, deferral.until);
  }
  return days;
}

}  // namespace headwater::pipeline
