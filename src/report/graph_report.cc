#include "report/graph_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/printable.h"

namespace headwater::report {
namespace {

/// Without `-v`, so many names of a list.
constexpr size_t kNames = 20;

std::string place_text(const Place& place) {
  std::string text = printable(place.file);
  if (place.line != 0) text += fmt::format(":{}", place.line);
  return text;
}

void add_line(std::string& out, size_t indent, std::string_view text, size_t width) {
  for (const std::string& part : wrapped(text, std::max<size_t>(width, indent + 20) - indent)) {
    out.append(indent, ' ').append(part) += '\n';
  }
}

void add_steps(const std::vector<WhyStep>& steps, std::string& out) {
  size_t longest = 0;
  for (const WhyStep& step : steps)
    longest = std::max(longest, column_count(place_text(step.place)));
  for (const WhyStep& step : steps) {
    const std::string place = place_text(step.place);
    const std::string what = step.statement.empty() ? fmt::format("the package of {} comes first",
                                                                  printable(step.module))
                                                    : printable(step.statement);
    out += fmt::format("    {}{:{}}  {}\n", place, "", longest - column_count(place), what);
  }
}

void add_names(const std::vector<std::string>& names, const ReportOptions& options,
               std::string& out) {
  const bool all = options.detail == Detail::kEverything || names.size() <= kNames;
  std::string text;
  for (size_t i = 0; i < (all ? names.size() : kNames); ++i) {
    if (i != 0) text += ", ";
    text += printable(names[i]);
  }
  if (!all) text += fmt::format(" and {} more (-v shows all)", names.size() - kNames);
  add_line(out, 4, text, options.width);
}

void write_undecided(const WhyAnswer& answer, const ReportOptions& options, std::string& out) {
  const std::string subject = printable(answer.subject);
  const WhyCause& undecided = answer.undecided;
  if (undecided.chain.empty()) {
    out += fmt::format("{} may fail: what it runs when imported cannot be decided by reading\n",
                       subject);
    return;
  }
  out += fmt::format("{} may fail: an import cannot be decided by reading\n\n", subject);
  if (!undecided.title.empty()) {
    add_line(out, 2, fmt::format("{}  {}", printable(undecided.title), undecided.code),
             options.width);
  }
  add_steps(undecided.chain, out);
}

/// The strings that fail nothing for a cause of their own.
void write_strings(const WhyAnswer& answer, const ReportOptions& options, std::string& out) {
  const size_t count = answer.strings.size();
  const bool all = options.detail == Detail::kEverything || count <= kNames;
  for (size_t i = 0; i < (all ? count : kNames); ++i) {
    const WhyString& string = answer.strings[i];
    out += '\n';
    add_line(out, 2, printable(string.says), options.width);
    const std::string target = string.target.empty() ? "" : " -> " + printable(string.target);
    out += fmt::format("    {}{}\n", place_text(string.place), target);
  }
  if (!all) out += fmt::format("\n  and {} more (-v shows all)\n", count - kNames);
}

/// The first line of what fails for causes that are known.
std::string failing_line(const WhyAnswer& answer) {
  const std::string subject = printable(answer.subject);
  if (!answer.fails) return fmt::format("{} fails no module for certain\n", subject);
  if (!answer.blocked.empty()) {
    return fmt::format("{} is what {} for\n", subject,
                       counted(answer.blocked.size(), "module fails", "modules fail"));
  }
  return fmt::format("{} {}, {} to repair\n", subject,
                     answer.only_strings_fail ? "names in strings what fails" : "fails",
                     counted(answer.causes.size(), "cause", "causes"));
}

}  // namespace

void write_undecided_modules(const std::vector<UndecidedModules>& all, const ReportOptions& options,
                             std::string& out) {
  size_t count = 0;
  for (const UndecidedModules& each : all) count += each.modules.size();
  if (count == 0) {
    out += "No module is undecided.\n";
    return;
  }
  out += fmt::format("{} fail: that cannot be decided by reading\n",
                     counted(count, "module may", "modules may"));
  for (const UndecidedModules& each : all) {
    const WhyCause& reason = each.reason;
    const std::string title = reason.chain.empty()   ? "what they run when imported"
                              : reason.title.empty() ? "an import"
                                                     : reason.title;
    out += '\n';
    add_line(out, 2, fmt::format("{}  {}", printable(title), reason.code), options.width);
    if (!reason.chain.empty()) add_steps({reason.chain.back()}, out);
    add_names(each.modules, options, out);
  }
}

void write_why(const WhyAnswer& answer, const ReportOptions& options, std::string& out) {
  const std::string subject = printable(answer.subject);
  if (!answer.unread.empty()) {
    add_line(out, 0,
             fmt::format("{} was not read, so it may fail: {}", subject, printable(answer.unread)),
             options.width);
    return;
  }
  if (!answer.fails && answer.causes.empty()) {
    if (answer.is_unknown) {
      write_undecided(answer, options, out);
    } else if (answer.only_strings) {
      out += answer.strings.empty()
                 ? fmt::format("{} has no string that is known to name code\n", subject)
                 : fmt::format("{} names nothing that certainly fails\n", subject);
    } else {
      out += fmt::format("{} imports: no failure reaches it{}\n", subject,
                         answer.is_deep ? "" : "; --deep looks deeper");
    }
    return write_strings(answer, options, out);
  }
  out += failing_line(answer);
  if (!answer.blocked.empty()) add_names(answer.blocked, options, out);
  for (size_t i = 0; i < answer.causes.size(); ++i) {
    const WhyCause& cause = answer.causes[i];
    out += '\n';
    add_line(out, 2, fmt::format("{} {}  {}", i + 1, printable(cause.title), cause.code),
             options.width);
    add_steps(cause.chain, out);
    if (!cause.repair.empty() && cause.repair != cause.title) {
      add_line(out, 4, fmt::format("repair: {}", printable(cause.repair)), options.width);
    }
  }
  write_strings(answer, options, out);
}

void write_what_if(const WhatIfAnswer& answer, const ReportOptions& options, std::string& out) {
  out += fmt::format("{}: failing modules {} -> {}\n", printable(answer.change),
                     with_thousands(answer.failing_before), with_thousands(answer.failing_after));
  if (!answer.freed.empty()) {
    out += fmt::format("\n  {} then\n",
                       answer.freed.size() == 1
                           ? "1 module imports"
                           : fmt::format("{} modules import", with_thousands(answer.freed.size())));
    add_names(answer.freed, options, out);
  }
  if (!answer.broken.empty()) {
    out += fmt::format("\n  {} then\n",
                       answer.broken.size() == 1
                           ? "1 module fails"
                           : fmt::format("{} modules fail", with_thousands(answer.broken.size())));
    add_names(answer.broken, options, out);
  }
}

void write_cycles(const std::vector<ImportCycle>& cycles, const ReportOptions& options,
                  std::string& out) {
  if (cycles.empty()) {
    out += "No import that runs at import time leads back to its module.\n";
    return;
  }
  const auto fatal =
      std::ranges::count_if(cycles, [](const ImportCycle& cycle) { return !cycle.fatal.empty(); });
  out += fmt::format("{} at import time, {} fatal\n", counted(cycles.size(), "cycle", "cycles"),
                     fatal == 0 ? "none" : with_thousands(static_cast<uint64_t>(fatal)));
  for (const ImportCycle& cycle : cycles) {
    out += fmt::format("\n  {}{}\n", counted(cycle.modules.size(), "module", "modules"),
                       cycle.fatal.empty() ? "" : ", fatal");
    add_names(cycle.modules, options, out);
    add_steps(cycle.path, out);
    for (size_t i = 0; i < cycle.fatal.size(); ++i) {
      const FatalStatement& statement = cycle.fatal[i];
      add_line(out, 4,
               fmt::format("{} {}", place_text(statement.place), printable(statement.message)),
               options.width);
      const bool is_last =
          i + 1 == cycle.fatal.size() || cycle.fatal[i + 1].repair != statement.repair;
      if (is_last) add_line(out, 6, printable(statement.repair), options.width);
    }
  }
}

void write_neighbourhood(const Neighbourhood& answer, const ReportOptions& options,
                         std::string& out) {
  out += printable(answer.module) + '\n';
  const auto list = [&](std::string_view title, const std::vector<std::vector<std::string>>& all) {
    for (size_t i = 0; i < all.size(); ++i) {
      out += i == 0 ? fmt::format("\n  {} ({})\n", title, all[i].size())
                    : fmt::format("\n  {} in {} steps ({})\n", title, i + 1, all[i].size());
      add_names(all[i], options, out);
    }
    if (all.empty()) out += fmt::format("\n  {} nothing\n", title);
  };
  list("imports", answer.imports);
  list("is imported by", answer.imported_by);
}

void write_unused(const std::vector<std::string>& modules, std::string& out) {
  for (const std::string& module : modules) out += printable(module) + '\n';
  out += modules.empty() ? "Every module is named by some statement or string.\n"
                         : fmt::format("{} that nothing in the repository names\n",
                                       counted(modules.size(), "module", "modules"));
}

void write_plan(const AuditReport& audit, const ReportOptions& options, std::string& out) {
  if (audit.plan.empty()) {
    out += "No module fails for a cause that is known: nothing to repair.\n";
    return;
  }
  out += fmt::format("{} to repair, {}\n", counted(audit.plan.size(), "cause", "causes"),
                     counted(audit.failing_modules.size(), "module fails", "modules fail"));
  if (const uint64_t undecided = audit.summary.uncertain_modules; undecided != 0) {
    add_line(out, 0,
             fmt::format("{} undecided and may fail for others (headwater why lists them)",
                         counted(undecided, "module is", "modules are")),
             options.width);
  }
  for (size_t i = 0; i < audit.plan.size(); ++i) {
    const PlannedRepair& step = audit.plan[i];
    const Cause& cause = audit.causes[step.cause];
    std::string title = printable(cause.title);
    if (cause.finding_class == FindingClass::kFault && !cause.sites.empty()) {
      title = place_text(cause.sites[0]) + ' ' + title;
    }
    out += '\n';
    add_line(out, 2, fmt::format("{} {}", i + 1, title), options.width);
    const std::string repair = cause.repair();
    if (!repair.empty() && repair != cause.title)
      add_line(out, 4, printable(repair), options.width);
    add_line(out, 4,
             fmt::format("frees {}, {} left", counted(step.unblocks, "module", "modules"),
                         with_thousands(step.remaining)),
             options.width);
  }
}

}  // namespace headwater::report
