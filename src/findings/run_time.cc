#include "findings/run_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "base/paths.h"
#include "base/sort_distinct.h"
#include "findings/assumptions.h"
#include "findings/kinds.h"
#include "findings/near_modules.h"
#include "findings/own_exits.h"
#include "model/library_names.h"
#include "model/requirement.h"

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

/// What an operation on a value raises depends on the value, and values are known by halves.
bool is_of_a_value(std::string_view exception) {
  constexpr std::array<std::string_view, 6> kOfValues = {
      "AttributeError", "IndexError", "KeyError", "TypeError", "ValueError", "ZeroDivisionError"};
  return std::ranges::find(kOfValues, exception) != kOfValues.end();
}

/// Its metadata are asked for; nothing is imported from it.
bool is_of_distribution(const Judgement& judged) {
  return judged.finding.code.starts_with("HW2") && judged.statement == kNothing;
}

uint64_t place_key(uint32_t file, uint32_t installed, uint32_t line) {
  const uint64_t which = file != kNothing ? uint64_t{file} << 1 : uint64_t{installed} << 1 | 1;
  return which << 32 | line;
}

}  // namespace

RunTime::RunTime(const World& world, const ImportGraph& graph, const SimulatedNodes& simulated)
    : world_(world), graph_(graph), simulated_(simulated), own_exits_(own_exits(simulated)) {
  std::unordered_map<std::string_view, uint32_t> installed;
  const ResolvedTree& resolved = world.resolved;
  if (!simulated.nodes.empty()) {
    for (uint32_t i = 0; i < resolved.installed.size(); ++i) {
      installed.emplace(resolved.modules[resolved.installed[i].module].file, i);
    }
  }
  const std::vector<SourceFile>& files = world.tree.files;
  for (const std::string& name : simulated.table.files) {
    Spot spot;
    if (is_within(name, world.tree.root)) {
      const std::string_view path = relative_path(name, world.tree.root);
      const auto file = std::ranges::lower_bound(files, path, {}, &SourceFile::path);
      if (file != files.end() && file->path == path) {
        spot.file = static_cast<uint32_t>(file - files.begin());
        spot.node = graph.node_of_file[spot.file];
      }
    }
    if (const auto code = installed.find(name); spot.file == kNothing && code != installed.end()) {
      spot.installed = code->second;
      spot.node = resolved.installed[code->second].module;
    }
    files_.push_back(spot);
  }
}

const FileFacts* RunTime::facts_of(const Spot& spot) const {
  if (spot.file != kNothing) return &world_.scanned.facts[spot.file];
  if (spot.installed != kNothing) return &world_.resolved.installed[spot.installed].facts;
  return nullptr;
}

RunTime::Spot RunTime::spot_of(SourcePlace place) const {
  if (place.file == kNothing) return {};
  Spot spot = files_[place.file];
  const FileFacts* const facts = facts_of(spot);
  if (facts == nullptr) return spot;
  const auto imports = facts->imports();
  const auto found = std::ranges::find(imports, place.line, &Import::line);
  if (found != imports.end()) spot.statement = static_cast<uint32_t>(found - imports.begin());
  return spot;
}

uint32_t RunTime::hiding_file(const ImportCause& cause) const {
  const bool lacks_name = cause.kind == ImportFailureKind::kMissingSymbol ||
                          cause.kind == ImportFailureKind::kMissingAttribute ||
                          cause.kind == ImportFailureKind::kPartialImport ||
                          cause.kind == ImportFailureKind::kMissingModule;
  const std::string top(first_part(cause.module));
  if (!lacks_name || !world_.environment.standard_library.names.contains(top)) return kNothing;
  const Module* const hiding = world_.module(top);
  return hiding == nullptr ? kNothing : hiding->file_id;
}

RunTime::Site RunTime::site_of(const ImportCause& cause) const {
  Site site{spot_of(cause.at), cause.at.line, ""};
  if (cause.kind == ImportFailureKind::kPartialImport) site.code = "HW121";
  const bool is_of_audit = site.spot.file != kNothing || site.spot.installed != kNothing;
  if (is_of_audit) return site;
  const uint32_t hiding = hiding_file(cause);
  if (hiding != kNothing) site = {{.node = kNothing, .file = hiding}, 1, "HW123"};
  return site;
}

RunTime::Spots RunTime::by_place(const std::vector<Judgement>& judgements) const {
  std::set<std::pair<uint32_t, uint32_t>> wanted;  // file and installed code
  for (const ImportCause& cause : simulated_.table.causes) {
    const Spot spot = site_of(cause).spot;
    wanted.emplace(spot.file, spot.installed);
  }
  Spots spots;
  for (const Judgement& judged : judgements) {
    const std::string_view code = judged.finding.code;
    if (!is_about_imports(code) || !wanted.contains({judged.file, judged.installed})) continue;
    // In notebooks, which no statement imports, lines are those of a cell.
    uint32_t line = judged.finding.line;
    if (judged.statement != kNothing) {
      line = facts_of({.file = judged.file, .installed = judged.installed})
                 ->imports()[judged.statement]
                 .line;
    }
    spots.emplace(place_key(judged.file, judged.installed, line), &judged);
  }
  return spots;
}

/// Of a judgement at the place of the cause. `code`: of its site.
bool RunTime::is_about(const Judgement& judged, const ImportCause& cause,
                       std::string_view code) const {
  const std::string_view judged_code = judged.finding.code;
  if (code == "HW121") return judged_code == code && judged.subject == cycle_of(cause);
  if (!code.empty()) return judged_code == code;
  // Of a file that does not compile no statement runs, also not the one where that shows.
  const bool is_of_syntax = judged_code.starts_with("HW3");
  if (is_of_syntax != (cause.kind == ImportFailureKind::kSyntaxError)) return false;
  if (is_of_distribution(judged) || cause.kind == ImportFailureKind::kMissingDistribution) {
    return is_of_distribution(judged) && cause.kind == ImportFailureKind::kMissingDistribution &&
           judged.finding.module == cause.module;
  }
  return judged_code != "HW121";
}

const Judgement* RunTime::judgement_at(const Spots& spots, const ImportCause& cause) const {
  const Site site = site_of(cause);
  const auto [begin, end] =
      spots.equal_range(place_key(site.spot.file, site.spot.installed, site.line));
  const Judgement* found = nullptr;
  for (auto at = begin; at != end; ++at) {
    const Judgement& judged = *at->second;
    // Several statements of one line: the one that asks for it.
    const bool asks = judged.finding.module.starts_with(cause.module);
    if (is_about(judged, cause, site.code) && (found == nullptr || asks)) found = &judged;
  }
  return found;
}

bool RunTime::is_told(const ImportCause& cause, const Spot& spot) const {
  if (spot.file == kNothing) return false;
  switch (cause.kind) {
    case ImportFailureKind::kPartialImport:
      return true;
    case ImportFailureKind::kMissingModule:
      return imports_by_name(cause, spot);
    case ImportFailureKind::kMissingDistribution:
      return true;
    case ImportFailureKind::kMissingSymbol:
    case ImportFailureKind::kMissingAttribute:
      return is_unshown(cause, spot) ||
             (simulated_.is_deep && (world_.is_first_party(first_part(cause.module)) ||
                                     world_.lacks_in_library(cause.module, cause.symbol)));
    case ImportFailureKind::kNameError:
      return simulated_.is_deep;
    case ImportFailureKind::kRaises:
      return simulated_.is_deep && !is_of_a_value(cause.symbol);
    default:
      return false;
  }
}

bool RunTime::imports_by_name(const ImportCause& cause, const Spot& spot) const {
  if (spot.file == kNothing || spot.statement != kNothing) return false;
  if (!world_.is_first_party(first_part(cause.module))) return false;
  const FileFacts& facts = world_.scanned.facts[spot.file];
  return std::ranges::any_of(facts.string_references(), [&](const StringReference& reference) {
    const std::string_view name = facts.name(reference.module);
    return name == cause.module || name.starts_with(cause.module + '.');
  });
}

bool RunTime::is_unshown(const ImportCause& cause, const Spot& spot) const {
  if (cause.kind != ImportFailureKind::kMissingSymbol || spot.file == kNothing) return false;
  const FileFacts& facts = world_.scanned.facts[spot.file];
  const auto rows = std::ranges::equal_range(world_.resolved.resolutions, FileId{spot.file}, {},
                                             &Resolution::file);
  return std::ranges::any_of(rows, [&](const Resolution& row) {
    return row.outcome == Outcome::kUnshown && facts.imports()[row.import].line == cause.at.line &&
           facts.name(facts.imported_names()[row.name].name) == cause.symbol;
  });
}

bool RunTime::only_runs_tell(const ImportCause& cause) const {
  if (cause.kind == ImportFailureKind::kMissingDistribution) return true;
  const Spot spot = spot_of(cause.at);
  return is_unshown(cause, spot) ||
         (cause.kind == ImportFailureKind::kMissingModule && imports_by_name(cause, spot));
}

bool RunTime::is_of_cycle(uint32_t cause) const {
  return simulated_.table.causes[cause].kind == ImportFailureKind::kPartialImport;
}

bool RunTime::is_struck_by_cycle(const ModuleOutcome& outcome) const {
  return std::ranges::any_of(outcome.causes, [&](uint32_t cause) { return is_of_cycle(cause); });
}

std::vector<uint32_t> RunTime::causes_that_count(const ModuleOutcome& outcome) const {
  std::vector<uint32_t> causes;
  bool in_cycle = false;
  for (const uint32_t cause : outcome.causes) {
    const bool is_mended = simulated_.table.causes[cause].repair != kNothing;
    if (is_mended || !in_cycle || !is_of_cycle(cause)) causes.push_back(cause);
    in_cycle |= is_of_cycle(cause);
  }
  return causes;
}

std::vector<uint32_t> RunTime::causes_that_count() const {
  std::set<uint32_t> all;
  for (const ModuleOutcome& outcome : simulated_.table.outcomes) {
    const std::vector<uint32_t> causes = causes_that_count(outcome);
    all.insert(causes.begin(), causes.end());
  }
  return {all.begin(), all.end()};
}

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

std::vector<Judgement> RunTime::judgements(std::vector<Judgement>& judgements) const {
  const Spots spots = by_place(judgements);
  std::vector<Judgement> added;
  std::set<std::tuple<uint64_t, std::string_view, std::string>> is_added;
  for (const uint32_t number : causes_that_count()) {
    if (own_exits_[number]) continue;
    const ImportCause& cause = simulated_.table.causes[number];
    if (const Judgement* const known = judgement_at(spots, cause)) {
      Finding& finding = judgements[static_cast<size_t>(known - judgements.data())].finding;
      if (finding.finding_class != FindingClass::kOptional) continue;
      finding.finding_class = finding_kind(finding.code).finding_class;
      if (finding.finding_class != FindingClass::kUnknown) finding.severity = Severity::kError;
      continue;
    }
    const Site site = site_of(cause);
    if (site.code != "HW123" && !is_told(cause, site.spot)) continue;
    Judgement made = judgement_of(cause, site);
    const uint64_t place = place_key(site.spot.file, site.spot.installed, site.line);
    const std::string of_cycle = site.code == "HW121" ? made.subject : std::string();
    if (is_added.emplace(place, made.finding.code, of_cycle).second) {
      added.push_back(std::move(made));
    }
  }
  return added;
}

/// The steps from `node` up to its package `package`; none if it is no package of it.
std::vector<ChainStep> RunTime::packages_between(uint32_t node, uint32_t package) const {
  std::vector<ChainStep> steps;
  while (node != package) {
    const uint32_t first = graph_.offsets[node];
    const bool has_package =
        first != graph_.offsets[node + 1] && graph_.classes[first] == EdgeClass::kParent;
    if (!has_package) return {};
    steps.push_back({node, kNothing});
    node = graph_.targets[first];
  }
  return steps;
}

/// A simulation tells of statements alone: that a package comes first is no statement.
std::vector<ChainStep> RunTime::chain_of(uint32_t node, const ModuleOutcome& outcome) const {
  std::vector<ChainStep> chain;
  std::vector<uint32_t> asked{node};  // by the step before
  for (const SourcePlace place : outcome.chain) {
    const Spot spot = spot_of(place);
    const bool is_import = spot.node != kNothing && spot.statement != kNothing;
    if (!is_import) continue;
    for (const uint32_t target : asked) {
      const std::vector<ChainStep> before = packages_between(target, spot.node);
      chain.insert(chain.end(), before.begin(), before.end());
      if (!before.empty()) break;
    }
    chain.push_back({spot.node, spot.statement});
    asked.clear();
    for (uint32_t edge = graph_.offsets[spot.node]; edge < graph_.offsets[spot.node + 1]; ++edge) {
      if (graph_.statements[edge] == spot.statement) asked.push_back(graph_.targets[edge]);
    }
  }
  return chain;
}

KnownOutcome RunTime::known_of(uint32_t node, const ModuleOutcome& outcome, const Spots& spots,
                               const Spots& silent) const {
  KnownOutcome known{node, ModuleState::kImports, {}, outcome.causes_complete, {}};
  if (outcome.state != ImportState::kFails) return known;
  const std::vector<uint32_t> causes = causes_that_count(outcome);
  for (const uint32_t number : causes) {
    const ImportCause& cause = simulated_.table.causes[number];
    const Judgement* const judged = judgement_at(spots, cause);
    const bool is_cause = judged != nullptr && judged->finding.cause >= 0 &&
                          judged->finding.finding_class != FindingClass::kUnknown &&
                          judgement_at(silent, cause) == nullptr;
    if (!is_cause) break;
    const auto mapped = static_cast<uint32_t>(judged->finding.cause);
    const bool is_new = std::ranges::find(known.causes, mapped) == known.causes.end();
    if (is_new) known.causes.push_back(mapped);
  }
  known.state = known.causes.empty() ? ModuleState::kUnknown : ModuleState::kFails;
  known.is_complete &= known.causes.size() == causes.size();
  if (!known.causes.empty()) known.chain = chain_of(node, outcome);
  return known;
}

std::vector<KnownOutcome> RunTime::known(const std::vector<Judgement>& judgements,
                                         const std::vector<Judgement>& suppressed) const {
  const Spots spots = by_place(judgements);
  const Spots silent = by_place(suppressed);
  // Without --deep nothing is known to import by a simulation alone.
  const std::vector<bool> is_assumed = simulated_.is_deep ? lead_to_assumptions(graph_, judgements)
                                                          : std::vector<bool>(graph_.node_count());
  std::vector<KnownOutcome> all;
  for (size_t i = 0; i < simulated_.nodes.size(); ++i) {
    const ModuleOutcome& outcome = simulated_.table.outcomes[i];
    const uint32_t node = simulated_.nodes[i];
    // Another search path than the audit's has led elsewhere.
    const bool is_it = outcome.file != kNothing && files_[outcome.file].node == node;
    if (!is_it || outcome.state == ImportState::kUnknown) continue;
    if (!outcome.causes.empty() && own_exits_[outcome.causes.front()]) continue;
    const bool is_struck = is_struck_by_cycle(outcome);
    if (!simulated_.is_deep && !is_struck && outcome.causes.empty()) continue;
    KnownOutcome known = known_of(node, outcome, spots, silent);
    if (known.state == ModuleState::kImports && is_assumed[node]) known.is_complete = false;
    // Then the cascade knows as much.
    const bool only_runs_told = std::ranges::any_of(outcome.causes, [&](uint32_t number) {
      return only_runs_tell(simulated_.table.causes[number]);
    });
    if (!simulated_.is_deep && !is_struck && !only_runs_told && !known.is_complete) continue;
    if (known.state == ModuleState::kUnknown) {
      // What a statement finds is judged by the search path of its own file, which knows more.
      const ImportCause& first = simulated_.table.causes[outcome.causes.front()];
      const bool is_statement = spot_of(first.at).statement != kNothing;
      if (first.kind == ImportFailureKind::kMissingModule && is_statement) continue;
    }
    all.push_back(std::move(known));
  }
  for (const uint32_t node : simulated_.undecided) {
    all.push_back({node, ModuleState::kUnknown, {}, true, {}});
  }
  std::ranges::sort(all, {}, &KnownOutcome::node);
  return all;
}

std::vector<uint32_t> RunTime::spared() const {
  std::vector<uint32_t> nodes;
  if (!simulated_.is_whole) return nodes;
  for (size_t i = 0; i < simulated_.nodes.size(); ++i) {
    const ModuleOutcome& outcome = simulated_.table.outcomes[i];
    const bool is_whole = outcome.state == ImportState::kImports || outcome.causes_complete;
    if (is_whole && !is_struck_by_cycle(outcome)) nodes.push_back(simulated_.nodes[i]);
  }
  return nodes;
}

}  // namespace headwater::findings
