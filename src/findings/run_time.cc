#include "findings/run_time.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "base/paths.h"
#include "findings/assumptions.h"
#include "findings/kinds.h"
#include "findings/own_exits.h"

namespace headwater::findings {
namespace {

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
  note_what_ran_whole();
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

void RunTime::note_what_ran_whole() {
  ran_whole_.resize(simulated_.table.causes.size());
  for (size_t i = 0; i < simulated_.nodes.size(); ++i) {
    const bool is_whole =
        simulated_.is_deep || std::ranges::binary_search(simulated_.ran_all, simulated_.nodes[i]);
    if (!is_whole) continue;
    for (const uint32_t cause : simulated_.table.outcomes[i].causes) ran_whole_[cause] = true;
  }
  if (simulated_.nodes.empty()) return;
  for (const Resolution& row : world_.resolved.resolutions) {
    if (row.outcome != Outcome::kUnshown) continue;
    const uint32_t file = world_.resolved.modules[row.target].file_id;
    if (file != kNothing) serves_unshown_.insert(file);
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

bool RunTime::sees(uint32_t node, uint32_t root) const {
  if (world_.layout.explicit_roots) return true;
  const uint32_t file = graph_.file[node];
  const uint32_t own = file == kNothing ? UINT32_MAX : world_.resolved.root[file];
  if (own == root || own == UINT32_MAX) return true;
  const auto& others = world_.project_of(world_.tree.files[file].path).search_roots;
  return std::ranges::find(others, root) != others.end();
}

uint32_t RunTime::hiding_file(const ImportCause& cause) const {
  const bool lacks_name = cause.kind == ImportFailureKind::kMissingSymbol ||
                          cause.kind == ImportFailureKind::kMissingAttribute ||
                          cause.kind == ImportFailureKind::kPartialImport ||
                          cause.kind == ImportFailureKind::kMissingModule;
  const std::string top(first_part(cause.module));
  if (!lacks_name || !world_.environment.standard_library.names.contains(top)) return kNothing;
  const auto named = std::ranges::equal_range(world_.resolved.modules, top, {}, &Module::name);
  const bool is_hidden =
      std::ranges::any_of(named, [](const Module& module) { return module.file_id != kNothing; });
  if (!is_hidden) return kNothing;
  const auto number = static_cast<uint32_t>(&cause - simulated_.table.causes.data());
  for (size_t i = 0; i < simulated_.nodes.size(); ++i) {
    const std::vector<uint32_t>& causes = simulated_.table.outcomes[i].causes;
    if (std::ranges::find(causes, number) == causes.end()) continue;
    for (const Module& module : named) {
      const uint32_t file = module.file_id;
      if (file == kNothing || !sees(simulated_.nodes[i], world_.resolved.root[file])) continue;
      return file;
    }
  }
  return kNothing;
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
  // What nothing ever binds is not there yet either, and no way out of a cycle brings it.
  if (code == "HW121" && judged_code == "HW111") {
    const auto& names = judged.finding.names;
    return judged.finding.module == cause.module &&
           std::ranges::find(names, cause.symbol) != names.end();
  }
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
  // To serve a name that no statement of it binds, a module may put the other one's together.
  if (serves_unshown_.contains(spot.file)) return true;
  const FileFacts& facts = world_.scanned.facts[spot.file];
  return std::ranges::any_of(facts.string_references(), [&](const StringReference& reference) {
    const std::string_view name = facts.name(reference.module);
    return name == cause.module || name.starts_with(cause.module + '.');
  });
}

bool RunTime::is_unshown(const ImportCause& cause, const Spot& spot) const {
  const bool lacks_name = cause.kind == ImportFailureKind::kMissingSymbol ||
                          cause.kind == ImportFailureKind::kMissingAttribute;
  const auto number = static_cast<size_t>(&cause - simulated_.table.causes.data());
  if (!lacks_name || spot.file == kNothing || !ran_whole_[number]) return false;
  const FileFacts& facts = world_.scanned.facts[spot.file];
  const auto rows = std::ranges::equal_range(world_.resolved.resolutions, FileId{spot.file}, {},
                                             &Resolution::file);
  return std::ranges::any_of(rows, [&](const Resolution& row) {
    if (row.outcome != Outcome::kUnshown) return false;
    const bool is_there = row.name == UINT32_MAX
                              ? world_.resolved.modules[row.target].name == cause.module
                              : facts.imports()[row.import].line == cause.at.line;
    return is_there && world_.resolved.unshown_name(row, facts) == cause.symbol;
  });
}

bool RunTime::only_runs_tell(const ImportCause& cause) const {
  if (cause.kind == ImportFailureKind::kMissingDistribution) return true;
  const Spot spot = spot_of(cause.at);
  return is_unshown(cause, spot) || site_of(cause).code == "HW123" ||
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
    const auto only_runs = [&](uint32_t number) {
      return only_runs_tell(simulated_.table.causes[number]);
    };
    const bool may_be_less = !simulated_.is_deep && !is_struck && !known.is_complete;
    if (may_be_less && std::ranges::none_of(outcome.causes, only_runs)) continue;
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
