#include <fmt/format.h>

#include <set>

#include "base/paths.h"
#include "base/sort_distinct.h"
#include "findings/near_modules.h"
#include "findings/run_time.h"
#include "model/library_names.h"
#include "model/requirement.h"

// What the judgement of a cause says.

namespace headwater::findings {
namespace {

/// So many entries are named in one message.
constexpr size_t kMostEntriesNamed = 3;

std::string entries_text(const std::vector<std::string>& entries) {
  std::string text;
  // One more name takes no more room than "1 other".
  const bool names_all = entries.size() <= kMostEntriesNamed + 1;
  const size_t named = names_all ? entries.size() : kMostEntriesNamed;
  for (size_t i = 0; i < named; ++i) {
    if (i != 0) text += i + 1 == entries.size() ? " or " : ", ";
    text += entries[i];
  }
  if (!names_all) text += fmt::format(" or {} others", entries.size() - named);
  return text;
}

}  // namespace

Judgement RunTime::judgement_of(const ImportCause& cause, const Site& site) const {
  const Spot& spot = site.spot;
  Judgement made;
  made.file = spot.file;
  made.statement = spot.statement;
  made.lacks_symbol = true;
  made.depends_on_entry = true;
  Finding& finding = made.finding;
  finding.finding_class = FindingClass::kFault;
  finding.when = When::kImport;
  finding.severity = Severity::kError;
  finding.confidence = "certain";
  finding.file = world_.tree.files[spot.file].path;
  finding.line = site.line;
  finding.column = 1;
  finding.module = cause.module;
  if (!cause.symbol.empty()) finding.names = {cause.symbol};
  if (spot.statement != kNothing) {
    const Import& import = world_.scanned.facts[spot.file].imports()[spot.statement];
    finding.column = import.column;
    finding.level = import.level;
  }
  if (site.code == "HW123") {
    finding.code = "HW123";
    made.subject = finding.file;
    finding.message = fmt::format("hides the standard library's {}, whose modules need it",
                                  first_part(cause.module));
    finding.suggestion = fmt::format("rename {}", finding.file);
  } else {
    describe(cause, made);
  }
  return made;
}

void RunTime::describe(const ImportCause& cause, Judgement& made) const {
  Finding& finding = made.finding;
  switch (cause.kind) {
    case ImportFailureKind::kPartialImport:
      describe_cycle(cause, made);
      return;
    case ImportFailureKind::kMissingModule:
      finding.code = "HW101";
      made.lacks_symbol = false;
      made.subject = cause.module;
      finding.message = fmt::format("{} does not exist, and is imported by name", cause.module);
      return;
    case ImportFailureKind::kMissingDistribution:
      describe_distribution(cause, made);
      return;
    case ImportFailureKind::kMissingSymbol:
    case ImportFailureKind::kMissingAttribute:
      made.subject = fmt::format("{}.{}", cause.module, cause.symbol);
      if (world_.is_first_party(first_part(cause.module))) {
        finding.code = "HW111";
        finding.message = fmt::format("{} has no {}", cause.module, cause.symbol);
        const Module* const lacking = world_.module(cause.module);
        if (lacking != nullptr && lacking->file_id != UINT32_MAX) {
          finding.suggestion = near_name(world_, lacking->file_id, cause.symbol);
        }
        if (!is_unshown(cause, spot_of(cause.at))) finding.message += " when this line runs";
      } else {
        finding.code = "HW214";
        finding.message = fmt::format("{} has no {}", cause.module, cause.symbol);
        finding.suggestion = library_name_history(world_.environment, cause.module, cause.symbol);
      }
      return;
    default:
      finding.code = "HW131";
      finding.module = world_.resolved.module_name[made.file];
      made.statement = kNothing;
      made.subject = fmt::format("{}:{}", finding.file, finding.line);
      finding.message = cause.kind == ImportFailureKind::kNameError
                            ? fmt::format("{} is not defined when this line runs", cause.symbol)
                            : fmt::format("raises {} when {} is imported", cause.symbol,
                                          raised_by_import_of(cause, finding.module));
  }
}

void RunTime::describe_distribution(const ImportCause& cause, Judgement& made) const {
  Finding& finding = made.finding;
  const std::string normalized = normalized_distribution_name(cause.module);
  const auto& projects = world_.layout.projects;
  const auto own = std::ranges::find_if(projects, [&](const Project& project) {
    return normalized_distribution_name(project.name) == normalized;
  });
  made.statement = kNothing;
  made.lacks_symbol = false;
  made.subject =
      world_.declared_name(normalized, world_.project_of(finding.file), made.declared_in);
  if (own != projects.end()) made.subject = own->name;
  made.distribution = made.subject;
  finding.column = 1;
  finding.finding_class = FindingClass::kEnvironment;
  finding.code = own != projects.end() || !made.declared_in.empty() ? "HW201" : "HW202";
  if (own != projects.end()) {
    finding.message =
        fmt::format("{}, a project of this repository, is not installed", made.subject);
    finding.suggestion = "its metadata are asked for";
  } else if (!made.declared_in.empty()) {
    finding.message = fmt::format("{} is not installed", made.subject);
    finding.suggestion = fmt::format("declared in {}", made.declared_in);
  } else {
    finding.message = fmt::format("{} is not installed and not declared", made.subject);
    finding.suggestion = "declare it, or catch what asking for its metadata raises";
  }
}

/// A function raises for who calls it at import time, and not for its own module.
std::string RunTime::raised_by_import_of(const ImportCause& cause, const std::string& own) const {
  const std::vector<std::string> entries = entries_of(cause);
  const bool is_own = std::ranges::binary_search(entries, own);
  return is_own || entries.empty() ? "it" : entries_text(entries);
}

std::vector<std::string> RunTime::entries_of(const ImportCause& cause) const {
  return entries_with([&](uint32_t one) { return simulated_.table.causes[one] == cause; });
}

/// Who only imports a cycle is named where no member fails.
std::vector<std::string> RunTime::entries_with(const std::function<bool(uint32_t)>& wanted) const {
  std::vector<std::string> members;
  std::vector<std::string> all;
  for (size_t i = 0; i < simulated_.nodes.size(); ++i) {
    const ModuleOutcome& outcome = simulated_.table.outcomes[i];
    if (!std::ranges::any_of(causes_that_count(outcome), wanted)) continue;
    all.push_back(outcome.module);
    if (simulated_.in_cycle[i]) members.push_back(outcome.module);
  }
  std::vector<std::string>& entries = members.empty() ? all : members;
  sort_distinct(entries);
  return std::move(entries);
}

void RunTime::describe_cycle(const ImportCause& cause, Judgement& made) const {
  const std::vector<std::string> entries = entries_of(cause);
  Finding& finding = made.finding;
  finding.code = "HW121";
  made.subject = cycle_of(cause);
  const bool is_itself = entries.size() == 1 && entries.front() == cause.module;
  finding.message =
      fmt::format("fails when {} is imported first: {} has no {} yet", entries_text(entries),
                  is_itself ? "it" : cause.module, cause.symbol);
  finding.suggestion = way_out_of_cycle(cause, made, true);
  const std::vector<std::string> all = entries_of_repair(cause.repair);
  if (all.empty()) return;
  made.cause_title = fmt::format("a cycle fails when {} is imported first", entries_text(all));
  made.cause_repair = way_out_of_cycle(cause, made, false);
}

/// Empty where it mends one failing statement only.
std::vector<std::string> RunTime::entries_of_repair(uint32_t repair) const {
  const std::vector<ImportCause>& causes = simulated_.table.causes;
  std::set<SourcePlace> places;
  const auto entries = entries_with([&](uint32_t cause) {
    const bool is_mended = repair != kNothing && causes[cause].repair == repair;
    if (is_mended) places.insert(causes[cause].at);
    return is_mended;
  });
  return places.size() < 2 ? std::vector<std::string>() : entries;
}

/// What one repair mends is one cause.
std::string RunTime::cycle_of(const ImportCause& cause) const {
  if (cause.repair != kNothing) {
    const CycleRepair& repair = simulated_.table.cycle_repairs[cause.repair];
    return fmt::format("{} -> {}", told_apart(repair.module, repair.lines.front()), repair.target);
  }
  const uint32_t file = files_[cause.at.file].file;
  const std::string own = file == kNothing ? std::string() : world_.resolved.module_name[file];
  return fmt::format("{} -> {}", told_apart(own, cause.at), cause.module);
}

/// `module` that `place` is in, with its root where modules of several roots have that name.
std::string RunTime::told_apart(const std::string& module, SourcePlace place) const {
  const uint32_t own = files_[place.file].file;
  if (own == kNothing || world_.resolved.root[own] == UINT32_MAX) return module;
  const std::vector<uint32_t> files = world_.files_named(last_part(module));
  const bool is_of_several = std::ranges::any_of(files, [&](uint32_t file) {
    return world_.resolved.module_name[file] == module &&
           world_.resolved.root[file] != world_.resolved.root[own];
  });
  if (!is_of_several) return module;
  const std::string& root = world_.layout.roots[world_.resolved.root[own]].path;
  return fmt::format("{}: {}", root.empty() ? "." : root, module);
}

std::string RunTime::way_out_of_cycle(const ImportCause& cause, const Judgement& made,
                                      bool seen_from_it) const {
  if (cause.repair == kNothing) {
    return made.statement == kNothing ? "do this in a function, or break the cycle before this line"
                                      : "break the cycle before this line";
  }
  const CycleRepair& repair = simulated_.table.cycle_repairs[cause.repair];
  std::string what = "this import";
  if (!seen_from_it || repair.lines.size() > 1 || repair.lines.front() != cause.at) {
    what = repair.lines.size() == 1 ? "the import at " : "the imports at ";
    for (const SourcePlace line : repair.lines) {
      const uint32_t file = files_[line.file].file;
      const std::string& path =
          file == kNothing ? simulated_.table.files[line.file] : world_.tree.files[file].path;
      what += line == repair.lines.front() ? fmt::format("{}:{}", path, line.line)
                                           : fmt::format(", {}", line.line);
    }
  }
  switch (repair.how) {
    case CycleRepair::How::kIntoFunctions:
      return fmt::format("move {} into the function that uses it", what);
    case CycleRepair::How::kForTyping:
      return fmt::format(
          "move {} under `if TYPE_CHECKING:`, with `from __future__ import annotations`", what);
    case CycleRepair::How::kForTypingAndFunctions:
      return fmt::format(
          "move {} under `if TYPE_CHECKING:`, with `from __future__ import annotations`, and "
          "repeat it in the functions that use it",
          what);
    case CycleRepair::How::kFromElsewhere:
      return fmt::format(
          "take {} away: what it brings is needed while modules load, so move that "
          "into a module outside of the cycle",
          what);
  }
  return {};
}

}  // namespace headwater::findings
