#include "report/cause_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/class_names.h"
#include "report/printable.h"

namespace headwater::report {
namespace {

using Kind = CauseLine::Kind;

/// Lines that causes may take, so that all of it is one screen without `-v`.
constexpr size_t kLinesOfEnvironment = 12;
constexpr size_t kLinesOfFaults = 10;
constexpr size_t kLinesOfHarmless = 8;
constexpr size_t kCountsWidth = 17;  // "  alone   +others"
constexpr size_t kWide = 110;        // columns from which the repair has a column of its own
constexpr size_t kIndent = 6;

bool is_fault(const Cause& cause) { return cause.finding_class == FindingClass::kFault; }

Kind kind_of(const Cause& cause) { return is_fault(cause) ? Kind::kFault : Kind::kEnvironment; }

std::string indented(size_t columns, std::string_view text) {
  return std::string(columns, ' ').append(text);
}

std::string place(const Place& site) {
  std::string text = printable(site.file);
  if (site.cell != 0) text += fmt::format(":cell {}", site.cell);
  if (site.line != 0) text += fmt::format(":{}", site.line);
  return text;
}

/// A fault is somewhere: that comes first.
std::string title_of(const Cause& cause) {
  std::string title = printable(cause.title);
  if (is_fault(cause) && !cause.sites.empty()) title = place(cause.sites[0]) + ' ' + title;
  if (is_fault(cause) && cause.sites.size() > 1) {
    title += fmt::format(" ({})", counted(cause.sites.size(), "place", "places"));
  }
  return title;
}

/// What a cause of that title leaves to be said.
std::string repair_beside(const Cause& cause) {
  const bool says_more = !cause.fix_command.empty() || cause.fix_text != cause.title;
  return says_more ? printable(cause.repair()) : std::string();
}

std::string repair_of(const Cause& cause) {
  std::string text = repair_beside(cause);
  if (is_fault(cause)) text.append(text.empty() ? "" : "  ").append(cause.code);
  return text;
}

}  // namespace

CauseTable::CauseTable(const AuditReport& audit, const CauseTableOptions& options)
    : audit_(audit), options_(options) {
  blocking();
  harmless();
}

void CauseTable::blocking() {
  size_t count = 0;
  size_t longest = 0;
  for (const Cause& cause : audit_.causes) {
    if (cause.blocked.empty()) continue;
    ++count;
    longest = std::max(longest, column_count(title_of(cause)));
  }
  if (count == 0) return;
  const size_t number_width = std::to_string(count).size();
  const size_t left = 2 + number_width + 1;
  const bool wide = options_.width >= kWide;
  const size_t room = options_.width - left - kCountsWidth;
  const size_t title_width = wide ? std::min(longest, room / 2) : room;
  const size_t repair_column = wide ? left + title_width + kCountsWidth + 3 : 0;
  add(Kind::kHeading, fmt::format("  {:<{}}{:>{}}{}", "cause", number_width + 1 + title_width,
                                  "modules blocked", kCountsWidth, wide ? "   repair" : ""));
  add(Kind::kHeading,
      fmt::format("  {:{}}{:>8}{:>9}", "", number_width + 1 + title_width, "alone", "+others"));
  // A long list of one class does not crowd out the other.
  size_t room_left[] = {kLinesOfEnvironment, kLinesOfFaults};
  size_t hidden = 0;
  bool skips = false;
  for (size_t i = 0; i < audit_.causes.size(); ++i) {
    const Cause& cause = audit_.causes[i];
    if (cause.blocked.empty()) continue;
    size_t& room_of_class = room_left[is_fault(cause) ? 1 : 0];
    const bool limited = !options_.everything && !options_.show_cascade;
    if (limited && room_of_class < 2) {
      ++hidden;
      continue;
    }
    skips |= hidden != 0;
    const size_t before = lines_.size();
    blocking_row(i, number_width, title_width, repair_column);
    room_of_class -= std::min(room_of_class, lines_.size() - before);
  }
  if (hidden == 0) return;
  hides_something_ = true;
  add(Kind::kPlain,
      fmt::format("  and {}{} (-v shows all)", counted(hidden, "more cause", "more causes"),
                  skips ? ", some of them between these" : ""));
}

void CauseTable::blocking_row(size_t index, size_t number_width, size_t title_width,
                              size_t repair_column) {
  const Cause& cause = audit_.causes[index];
  const std::vector<std::string> title = wrapped(title_of(cause), title_width);
  const std::string repair = repair_of(cause);
  const bool beside = repair_column != 0 && !repair.empty();
  const std::vector<std::string> repairs =
      beside ? wrapped(repair, options_.width - repair_column) : std::vector<std::string>();
  for (size_t i = 0; i < std::max(title.size(), repairs.size()); ++i) {
    const std::string part = i < title.size() ? title[i] : "";
    std::string row =
        fmt::format("  {:>{}} {}", i == 0 ? std::to_string(index + 1) : "", number_width, part);
    const size_t used = std::min(column_count(part), title_width);
    if (i == 0) {
      row += fmt::format("{:{}}{:>8}{:>9}", "", title_width - used, with_thousands(cause.sole),
                         with_thousands(cause.shared()));
    } else if (i < repairs.size()) {
      row += std::string(title_width - used + kCountsWidth, ' ');
    }
    if (i < repairs.size()) row += "   " + repairs[i];
    add(kind_of(cause), std::move(row));
  }
  if (!beside && !repair.empty()) {
    for (const std::string& part : wrapped(repair, options_.width - kIndent)) {
      add(Kind::kRepair, indented(kIndent, part));
    }
  }
  places(cause);
  victims(cause);
}

/// Causes that fail statements in calls, in scripts, for type checkers, or under a condition.
void CauseTable::harmless() {
  std::vector<const Cause*> causes;
  for (const Cause& cause : audit_.causes) {
    const bool fails = cause.finding_class != FindingClass::kUnknown;
    if (fails && cause.blocked.empty() && !cause.findings.empty()) causes.push_back(&cause);
  }
  if (causes.empty()) return;
  if (!lines_.empty()) add(Kind::kPlain, "");
  add(Kind::kHeading, "  blocks no module");
  const size_t begin = lines_.size();
  size_t shown = 0;
  for (const Cause* cause : causes) {
    if (!options_.everything && shown != 0 && lines_.size() - begin + 2 > kLinesOfHarmless) break;
    ++shown;
    const Finding& finding = audit_.findings[cause->findings.front()];
    std::string text = place({finding.file, finding.line, finding.cell});
    if (cause->sites.size() > 1) text += fmt::format(" and {} more", cause->sites.size() - 1);
    if (finding.when != When::kImport) text += fmt::format(" ({})", name_of(finding.when));
    text += fmt::format("  {}  {}", cause->code, printable(cause->title));
    bool first = true;
    for (const std::string& part : wrapped(text, options_.width - kIndent)) {
      add(kind_of(*cause), indented(first ? 2 : 4, part));
      first = false;
    }
    const std::string repair = repair_beside(*cause);
    if (!repair.empty()) {
      for (const std::string& part : wrapped(repair, options_.width - kIndent)) {
        add(Kind::kRepair, indented(kIndent, part));
      }
    }
    places(*cause);
  }
  if (shown == causes.size()) return;
  hides_something_ = true;
  add(Kind::kPlain, fmt::format("  and {} (-v shows all)",
                                counted(causes.size() - shown, "more cause", "more causes")));
}

void CauseTable::places(const Cause& cause) {
  if (!options_.everything) return;
  for (const Place& site : cause.sites) add(Kind::kDetail, indented(kIndent, place(site)));
  for (const std::string& entry : cause.entries) {
    add(Kind::kDetail, indented(kIndent, "blocks the script " + printable(entry)));
  }
}

void CauseTable::victims(const Cause& cause) {
  if (!options_.show_cascade) return;
  std::string names;
  for (const uint32_t module : cause.blocked) {
    if (!names.empty()) names += ' ';
    names += printable(audit_.failing_modules[module]);
  }
  for (const std::string& part : wrapped(names, options_.width - kIndent)) {
    add(Kind::kDetail, indented(kIndent, part));
  }
}

std::array<uint64_t, 7> class_counts(const AuditReport& audit) {
  std::array<uint64_t, 7> counts{};
  for (const Finding& finding : audit.findings) {
    ++counts[static_cast<size_t>(finding.finding_class)];
  }
  return counts;
}

}  // namespace headwater::report
