#include "findings/cascades.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/sort_distinct.h"

namespace headwater::findings {
namespace {

/// Steps of a chain that a finding keeps: where it begins, and the last one.
constexpr size_t kLongestChain = 32;

class CascadeFinder {
 public:
  CascadeFinder(const World& world, const Cascaded& cascaded)
      : world_(world),
        graph_(cascaded.graph),
        cascaded_(cascaded),
        chains_(cascaded.graph, cascaded.attribution, cascaded.direct.failures,
                cascaded.direct.known, kLongestChain) {
    judged_.reserve(cascaded.direct.judgements.size() + cascaded.direct.suppressed.size());
    for (const auto* all : {&cascaded.direct.judgements, &cascaded.direct.suppressed}) {
      for (const Judgement& made : *all) judged_.emplace_back(made.file, made.statement);
    }
    sort_distinct(judged_);
  }

  std::vector<Judgement> run() {
    for (uint32_t file = 0; file < graph_.node_of_file.size(); ++file) {
      const uint32_t node = graph_.node_of_file[file];
      if (node != kNothing) statements_of(file, node);
    }
    return std::move(found_);
  }

 private:
  /// What fails when it is imported first need not fail here: another way into its cycle, or a
  /// guard that the simulation has seen to hold.
  bool is_spared(uint32_t node, uint32_t edge, uint32_t cause) const {
    return graph_.classes[edge] == EdgeClass::kImport && !graph_.guards[edge].holds_any() &&
           !strikes(node, cause);
  }

  /// What fails only because it imports `node`, its package say, does not fail where `node` imports
  /// it: that runs already.
  bool fails_through(const std::vector<ChainStep>& steps, uint32_t target, uint32_t node) const {
    const Attribution& attribution = cascaded_.attribution;
    if (attribution.sets[attribution.cause_set[target]].size() != 1) return false;
    return std::ranges::find(steps, node, &ChainStep::node) != steps.end();
  }

  bool strikes(uint32_t node, uint32_t cause) const {
    const Attribution& attribution = cascaded_.attribution;
    return std::ranges::binary_search(attribution.sets[attribution.cause_set[node]], cause);
  }

  /// What the guards and conditions around the statement leave of a failing target.
  FindingClass class_of(uint32_t node, EdgeKind when, Caught caught, uint32_t cause) const {
    if (caught == Caught::kYes) return FindingClass::kOptional;
    if (when.runs == EdgeClass::kConditional || caught == Caught::kNotKnown) {
      return FindingClass::kUnknown;
    }
    const bool may_not_run = when.guard.holds_any() || when.runs == EdgeClass::kFallback ||
                             when.runs == EdgeClass::kElse;
    if (!may_not_run || strikes(node, cause)) return FindingClass::kCascade;
    return cascaded_.attribution.state[node] == ModuleState::kUnknown ? FindingClass::kUnknown
                                                                      : FindingClass::kOptional;
  }

  void statements_of(uint32_t file, uint32_t node) {
    uint32_t last = kNothing;
    for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
      const uint32_t statement = graph_.statements[edge];
      const uint32_t target = graph_.targets[edge];
      const bool says_so = statement == kNothing || statement == last || target == node;
      constexpr EdgeClasses kNotRun = only(EdgeClass::kTyping) | only(EdgeClass::kNever);
      if (says_so || contains(kNotRun, graph_.classes[edge])) continue;
      if (cascaded_.attribution.state[target] != ModuleState::kFails) continue;
      if (is_spared(node, edge, cascaded_.attribution.first_cause[target])) continue;
      const std::vector<ChainStep> steps = chains_.of(target);
      if (fails_through(steps, target, node)) continue;
      last = statement;
      if (std::ranges::binary_search(judged_, std::pair(file, statement))) continue;
      Judgement& made = found_.emplace_back();
      made.finding = finding(file, edge, steps);
      made.file = file;
      made.statement = statement;
    }
  }

  Finding finding(uint32_t file, uint32_t edge, const std::vector<ChainStep>& steps) const {
    const FileFacts& facts = world_.scanned.facts[file];
    const Import& import = facts.imports()[graph_.statements[edge]];
    const uint32_t target = graph_.targets[edge];
    const uint32_t cause = cascaded_.attribution.first_cause[target];
    const EdgeKind when = graph_.kind(edge);
    Finding made;
    made.code = "HW141";
    const Caught caught = caught_by(
        when.guard, raised_at(cascaded_.attribution, cascaded_.direct.raised, target, cause));
    made.finding_class = class_of(graph_.node_of_file[file], when, caught, cause);
    made.when = when_of(when.runs, world_.resolved.module_name[file].empty());
    made.severity =
        made.finding_class == FindingClass::kCascade ? Severity::kError : Severity::kNote;
    made.file = world_.tree.files[file].path;
    const PlaceInFile place = facts.place(import.line);
    made.line = place.line;
    made.cell = place.cell;
    made.column = import.column;
    made.module = name_of(target);
    made.level = import.level;
    made.message = fmt::format("{} fails: {}", made.module, cascaded_.direct.causes[cause].title);
    const bool certain = when.runs != EdgeClass::kConditional &&
                         when.runs != EdgeClass::kFallback && caught != Caught::kNotKnown;
    made.confidence = certain ? "certain" : "guess";
    made.cause = static_cast<int>(cause);
    made.chain = chain(steps);
    return made;
  }

  /// A script that another one imports has no module name of its own.
  std::string name_of(uint32_t node) const {
    if (node < graph_.module_count) return world_.resolved.modules[node].name;
    const std::string_view path = world_.tree.files[graph_.file[node]].path;
    const std::string_view file = path.substr(path.rfind('/') + 1);
    return std::string(file.substr(0, file.rfind('.')));
  }

  std::vector<Place> chain(const std::vector<ChainStep>& steps) const {
    std::vector<Place> places;
    for (const ChainStep& step : steps) {
      if (step.statement == kNothing && &step != &steps.back()) continue;
      places.push_back(place_of(world_, graph_, step));
    }
    return places;
  }

  const World& world_;
  const ImportGraph& graph_;
  const Cascaded& cascaded_;
  std::vector<std::pair<uint32_t, uint32_t>> judged_;  // file and statement, ascending
  CutChains chains_;
  std::vector<Judgement> found_;
};

}  // namespace

std::vector<Judgement> cascade_findings(const World& world, const Cascaded& cascaded) {
  return CascadeFinder(world, cascaded).run();
}

Place place_of(const World& world, const ImportGraph& graph, const ChainStep& step) {
  const uint32_t file = graph.file[step.node];
  if (file == kNothing) {
    Place place{seen_in_environment(world, world.resolved.modules[step.node].file), 0};
    const uint32_t installed = graph.installed[step.node];
    if (installed != kNothing && step.statement != kNothing) {
      place.line = world.resolved.installed[installed].facts.imports()[step.statement].line;
    }
    return place;
  }
  const std::string& path = world.tree.files[file].path;
  const FileFacts& facts = world.scanned.facts[file];
  if (step.statement >= facts.imports().size()) return {path};
  const PlaceInFile place = facts.place(facts.imports()[step.statement].line);
  return {path, place.line, place.cell};
}

When when_of(EdgeClass edge, bool is_entry) {
  if (edge == EdgeClass::kTyping) return When::kTyping;
  if (edge == EdgeClass::kCall) return When::kCall;
  return is_entry || edge == EdgeClass::kScript ? When::kScript : When::kImport;
}

}  // namespace headwater::findings
