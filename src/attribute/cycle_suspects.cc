#include "attribute/cycle_suspects.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/sort_distinct.h"

namespace headwater::attribute {
namespace {

constexpr uint64_t kStepsPerCycle = 30'000'000;
/// Modules that the simulations of one cycle may run, and how many of them are simulated at least.
constexpr size_t kRunsPerCycle = 400'000;
constexpr size_t kFewestSimulated = 4;

/// What certainly runs, or may. A handler runs where what is guarded fails, which is not followed.
constexpr EdgeClasses kFollowed = kImportTime & ~only(EdgeClass::kFallback);

class CycleSearch {
 public:
  CycleSearch(const SuspectInput& input, std::span<const uint32_t> members)
      : input_(input), graph_(input.graph), members_(members) {
    for (uint32_t i = 0; i < members.size(); ++i) position_.emplace(members[i], i);
    seen_.assign(members.size(), kNothing);
    frame_.assign(members.size(), kNothing);
  }

  CycleSuspects run() {
    for (uint32_t i = 0; i < members_.size(); ++i) {
      if (graph_.file[members_[i]] == kNothing || package_of(i) != kNothing) continue;
      judge(i, enter(i));
      judge_submodules_of(i);
    }
    std::ranges::sort(made_.nodes);
    const size_t most = std::max(kFewestSimulated, kRunsPerCycle / members_.size());
    if (made_.nodes.size() > most) {
      const auto rest = made_.nodes.begin() + static_cast<ptrdiff_t>(most);
      made_.undecided.insert(made_.undecided.end(), rest, made_.nodes.end());
      made_.nodes.erase(rest, made_.nodes.end());
    }
    sort_distinct(made_.unbinding);
    std::ranges::sort(made_.of_unbound);
    if (made_.nodes.empty()) made_.undecided.clear();
    std::ranges::sort(made_.undecided);
    return std::move(made_);
  }

 private:
  struct Frame {
    uint32_t at;    // position
    uint32_t next;  // edge; kNothing: the module has not begun, its package comes first
    uint32_t line;  // of the statement that runs
  };

  /// The package in the same cycle that is imported before this module; kNothing: there is none.
  uint32_t package_of(uint32_t at) const {
    const uint32_t node = members_[at];
    const uint32_t first = graph_.offsets[node];
    if (first == graph_.offsets[node + 1] || graph_.classes[first] != EdgeClass::kParent) {
      return kNothing;
    }
    const auto package = position_.find(graph_.targets[first]);
    return package == position_.end() ? kNothing : package->second;
  }

  uint32_t outermost_package_of(uint32_t at) const {
    uint32_t package = at;
    for (uint32_t above = package_of(at); above != kNothing; above = package_of(above)) {
      package = above;
    }
    return package;
  }

  /// Of what an entry meets, the last one that holds.
  enum class Verdict : uint8_t { kClear, kUnbound, kSuspect, kTooManySteps };

  void judge(uint32_t at, Verdict verdict) {
    if (verdict == Verdict::kUnbound) made_.of_unbound.push_back(members_[at]);
    if (verdict == Verdict::kUnbound || verdict == Verdict::kSuspect) {
      made_.nodes.push_back(members_[at]);
    }
    if (verdict == Verdict::kTooManySteps) made_.undecided.push_back(members_[at]);
  }

  /// Importing a submodule begins with its packages. What these have imported by then is as they
  /// are; only what is left has a way of its own.
  void judge_submodules_of(uint32_t package) {
    const Verdict verdict = last_verdict_;
    const std::vector<uint32_t> seen = seen_;
    for (uint32_t i = 0; i < members_.size(); ++i) {
      if (i == package || graph_.file[members_[i]] == kNothing) continue;
      if (outermost_package_of(i) != package) continue;
      judge(i, seen[i] == package ? verdict : enter(i));
    }
  }

  /// Depth first, a module that has begun is not begun again.
  Verdict enter(uint32_t entry) {
    path_.assign(1, {entry, kNothing, 0});
    Verdict met = Verdict::kClear;
    while (!path_.empty()) {
      if (++steps_ > kStepsPerCycle) return last_verdict_ = Verdict::kTooManySteps;
      Frame& top = path_.back();
      if (top.next == kNothing) {
        begin(entry);
        continue;
      }
      const uint32_t node = members_[top.at];
      if (top.next == graph_.offsets[node + 1]) {
        frame_[top.at] = kNothing;
        path_.pop_back();
        continue;
      }
      const uint32_t edge = top.next++;
      const uint32_t statement = graph_.statements[edge];
      if (statement == kNothing || !contains(kFollowed, graph_.classes[edge])) continue;
      const auto target = position_.find(graph_.targets[edge]);
      if (target == position_.end()) continue;
      top.line = facts_of(node)->imports()[statement].line;
      if (seen_[target->second] != entry) {
        path_.push_back({target->second, kNothing, 0});
      } else if (frame_[target->second] != kNothing) {
        const uint32_t line = path_[frame_[target->second]].line;
        met = std::max(met, asks_too_early(node, edge, line));
      }
    }
    return last_verdict_ = met;
  }

  /// Its package is imported before the module itself is there, and may import it on its way.
  void begin(uint32_t entry) {
    Frame& top = path_.back();
    if (seen_[top.at] == entry) return path_.pop_back();
    const uint32_t package = package_of(top.at);
    if (package != kNothing && seen_[package] != entry) {
      path_.push_back({package, kNothing, 0});
      return;
    }
    seen_[top.at] = entry;
    frame_[top.at] = static_cast<uint32_t>(path_.size() - 1);
    top.next = graph_.offsets[members_[top.at]];
  }

  const FileFacts* facts_of(uint32_t node) const {
    if (graph_.file[node] != kNothing) return &input_.scanned.facts[graph_.file[node]];
    const bool is_installed = node < graph_.module_count && graph_.installed[node] != kNothing;
    return is_installed ? &input_.resolved.installed[graph_.installed[node]].facts : nullptr;
  }

  /// Whether a `from` statement names something that its target, which has come to `line`, binds
  /// only there or further down, or nowhere.
  Verdict asks_too_early(uint32_t node, uint32_t edge, uint32_t line) {
    const uint32_t statement = graph_.statements[edge];
    // A statement's first edge is its module, the others are submodules that it names.
    const bool is_module = edge == graph_.offsets[node] || graph_.statements[edge - 1] != statement;
    if (!is_module || !lets_missing_names_through(graph_.kind(edge))) return Verdict::kClear;
    const auto [known, is_new] = asked_.try_emplace(edge);
    if (is_new) {
      known->second = asked_by(node, edge);
      if (known->second.any_unbound) made_.unbinding.push_back(graph_.targets[edge]);
    }
    if (known->second.latest >= line) return Verdict::kSuspect;
    return known->second.any_unbound ? Verdict::kUnbound : Verdict::kClear;
  }

  /// What a `from` statement asks of its target.
  struct Asked {
    uint32_t latest = 0;  // line of the target that binds the last of the names that it binds
    bool any_unbound = false;
  };

  Asked asked_by(uint32_t node, uint32_t edge) {
    Asked asked;
    const uint32_t statement = graph_.statements[edge];
    const FileFacts& facts = *facts_of(node);
    const Import& import = facts.imports()[statement];
    const FileFacts* const target = facts_of(graph_.targets[edge]);
    if (!import.is_from || target == nullptr) return asked;
    // What a module lacks in itself is bound by no other statement than this one.
    if (node == graph_.targets[edge] && is_missing(node, statement)) return asked;
    const BoundLines& lines = bound_lines(*target);
    const auto names = facts.imported_names().subspan(import.first_name, import.name_count);
    for (const ImportedName& imported : names) {
      const std::string_view name = facts.name(imported.name);
      if (name == "*" || is_submodule(graph_.targets[edge], name)) continue;
      const auto bound = lines.of_name.find(name);
      const uint32_t line = bound == lines.of_name.end() ? lines.of_star : bound->second;
      const uint32_t served = std::min(line, lines.of_hook);
      if (served != kNothing) {
        asked.latest = std::max(asked.latest, served);
      } else {
        asked.any_unbound |= !is_missing(node, statement);
      }
    }
    return asked;
  }

  /// From which line on a module has its names.
  struct BoundLines {
    std::unordered_map<std::string_view, uint32_t> of_name{};
    uint32_t of_star = kNothing;  // the names that no statement binds come by it
    uint32_t of_hook = kNothing;  // `__getattr__`, which is asked for all that is not there
  };

  const BoundLines& bound_lines(const FileFacts& facts) {
    const auto [known, is_new] = bound_lines_.try_emplace(&facts);
    BoundLines& lines = known->second;
    if (!is_new) return lines;
    // A branch may not run: what binds for certain counts, if anything does.
    for (const bool conditional : {false, true}) {
      for (const Binding& binding : facts.bindings()) {
        if (binding.conditional == conditional) {
          lines.of_name.try_emplace(facts.name(binding.name), binding.line);
        }
      }
    }
    const auto stars = facts.stars();
    if (!stars.empty()) lines.of_star = facts.imports()[stars.front().import].line;
    if (facts.has_getattr) {
      const auto hook = lines.of_name.find("__getattr__");
      lines.of_hook = hook == lines.of_name.end() ? 0 : hook->second;
    }
    return lines;
  }

  /// Whether the finder tells that the statement fails.
  bool is_missing(uint32_t node, uint32_t statement) const {
    const std::vector<Resolution>& rows = input_.resolved.resolutions;
    const auto key = [](const Resolution& row) {
      return std::pair(index_of(row.file), row.import);
    };
    const auto [begin, end] =
        std::ranges::equal_range(rows, std::pair(graph_.file[node], statement), {}, key);
    return std::any_of(begin, end,
                       [](const Resolution& row) { return row.failure != FailureKind::kNone; });
  }

  /// Where a package does not have the name yet, its submodule of that name is what is meant.
  bool is_submodule(uint32_t node, std::string_view name) const {
    if (graph_.is_entry(node)) return false;
    const std::vector<Module>& modules = input_.resolved.modules;  // by name
    const std::string dotted = modules[node].name + "." + std::string(name);
    const auto at = std::ranges::lower_bound(modules, dotted, {}, &Module::name);
    return at != modules.end() && at->name == dotted;
  }

  const SuspectInput& input_;
  const ImportGraph& graph_;
  std::span<const uint32_t> members_;
  std::unordered_map<uint32_t, uint32_t> position_;  // by node, in members_
  std::vector<uint32_t> seen_;                       // by position: the last entry that began it
  std::vector<uint32_t> frame_;                      // by position: into path_, while it runs
  std::vector<Frame> path_;
  std::unordered_map<uint32_t, Asked> asked_;  // by edge
  std::unordered_map<const FileFacts*, BoundLines> bound_lines_;
  uint64_t steps_ = 0;
  Verdict last_verdict_ = Verdict::kClear;
  CycleSuspects made_;
};

bool imports_itself(const ImportGraph& graph, uint32_t node) {
  for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
    if (graph.targets[edge] == node) return true;
  }
  return false;
}

}  // namespace

CycleSuspects cycle_suspects(const SuspectInput& input) {
  CycleSuspects all;
  const Condensation& condensation = input.condensation;
  for (uint32_t component = 0; component < condensation.component_count(); ++component) {
    const auto members = condensation.of(component);
    if (members.size() == 1 && !imports_itself(input.graph, members[0])) continue;
    const CycleSuspects found = CycleSearch(input, members).run();
    all.nodes.insert(all.nodes.end(), found.nodes.begin(), found.nodes.end());
    all.undecided.insert(all.undecided.end(), found.undecided.begin(), found.undecided.end());
    all.of_unbound.insert(all.of_unbound.end(), found.of_unbound.begin(), found.of_unbound.end());
    all.unbinding.insert(all.unbinding.end(), found.unbinding.begin(), found.unbinding.end());
  }
  std::ranges::sort(all.of_unbound);
  std::ranges::sort(all.unbinding);
  std::ranges::sort(all.nodes);
  std::ranges::sort(all.undecided);
  return all;
}

}  // namespace headwater::attribute
