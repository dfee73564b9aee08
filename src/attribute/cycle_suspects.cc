#include "attribute/cycle_suspects.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace headwater::attribute {
namespace {

constexpr uint64_t kStepsPerCycle = 30'000'000;

/// What certainly runs, or may. A handler runs where what is guarded fails, which is not followed.
constexpr EdgeClasses kFollowed = kImportTime & ~only(EdgeClass::kFallback);
/// What lets an ImportError through that is no ModuleNotFoundError.
constexpr EdgeClasses kLetsThrough = kFollowed & ~only(EdgeClass::kGuarded);

class CycleSearch {
 public:
  CycleSearch(const SuspectInput& input, std::span<const uint32_t> members)
      : input_(input), graph_(input.graph), members_(members) {
    for (uint32_t i = 0; i < members.size(); ++i) position_.emplace(members[i], i);
    seen_.assign(members.size(), kNothing);
    frame_.assign(members.size(), kNothing);
  }

  std::vector<uint32_t> run() {
    std::vector<uint32_t> suspects;
    for (uint32_t i = 0; i < members_.size() && steps_ < kStepsPerCycle; ++i) {
      if (graph_.file[members_[i]] == kNothing || package_of(i) != kNothing) continue;
      const bool suspect = enter(i);
      if (suspect) suspects.push_back(members_[i]);
      add_submodules_of(i, suspect, suspects);
    }
    std::ranges::sort(suspects);
    return suspects;
  }

 private:
  struct Frame {
    uint32_t at;    // position
    uint32_t next;  // edge
    uint32_t line;  // of the statement that runs; 0: none yet
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

  /// Importing a submodule begins with its packages. What these have imported by then is as they
  /// are; only what is left has a way of its own.
  void add_submodules_of(uint32_t package, bool suspect, std::vector<uint32_t>& suspects) {
    std::vector<uint32_t> left;
    const std::vector<uint32_t> seen = seen_;
    for (uint32_t i = 0; i < members_.size(); ++i) {
      if (i == package || graph_.file[members_[i]] == kNothing) continue;
      if (outermost_package_of(i) != package) continue;
      if (seen[i] != package) {
        left.push_back(i);
      } else if (suspect) {
        suspects.push_back(members_[i]);
      }
    }
    for (const uint32_t i : left) {
      if (steps_ >= kStepsPerCycle) return;
      if (enter(i)) suspects.push_back(members_[i]);
    }
  }

  /// Depth first, a module that has begun is not begun again.
  bool enter(uint32_t entry) {
    path_.clear();
    begin(entry, entry);
    bool suspect = false;
    while (!path_.empty()) {
      ++steps_;
      Frame& top = path_.back();
      const uint32_t node = members_[top.at];
      if (top.next == graph_.offsets[node + 1]) {
        frame_[top.at] = kNothing;
        path_.pop_back();
        continue;
      }
      const uint32_t edge = top.next++;
      if (!contains(kFollowed, graph_.classes[edge])) continue;
      const uint32_t statement = graph_.statements[edge];
      top.line = statement == kNothing ? 0 : facts_of(node)->imports()[statement].line;
      const auto target = position_.find(graph_.targets[edge]);
      if (target == position_.end()) continue;
      if (seen_[target->second] != entry) {
        begin(target->second, entry);
      } else if (frame_[target->second] != kNothing) {
        suspect |= asks_too_early(node, edge, path_[frame_[target->second]].line);
      }
    }
    return suspect;
  }

  void begin(uint32_t at, uint32_t entry) {
    seen_[at] = entry;
    frame_[at] = static_cast<uint32_t>(path_.size());
    path_.push_back({at, graph_.offsets[members_[at]], 0});
  }

  const FileFacts* facts_of(uint32_t node) const {
    if (graph_.file[node] != kNothing) return &input_.scanned.facts[graph_.file[node]];
    const bool is_installed = node < graph_.module_count && graph_.installed[node] != kNothing;
    return is_installed ? &input_.resolved.installed[graph_.installed[node]].facts : nullptr;
  }

  /// Whether a `from` statement names something that its target, which has come to `line`, binds
  /// only there or further down.
  bool asks_too_early(uint32_t node, uint32_t edge, uint32_t line) const {
    const uint32_t statement = graph_.statements[edge];
    if (statement == kNothing || !contains(kLetsThrough, graph_.classes[edge])) return false;
    const FileFacts& facts = *facts_of(node);
    const Import& import = facts.imports()[statement];
    const FileFacts* const target = facts_of(graph_.targets[edge]);
    if (!import.is_from || target == nullptr || target->has_getattr) return false;
    const auto names = facts.imported_names().subspan(import.first_name, import.name_count);
    return std::ranges::any_of(names, [&](const ImportedName& imported) {
      const std::string_view name = facts.name(imported.name);
      return name != "*" && binds_late(*target, name, line) &&
             !is_submodule(node, edge, name);
    });
  }

  static bool binds_late(const FileFacts& facts, std::string_view name, uint32_t line) {
    for (const Binding& binding : facts.bindings()) {
      if (facts.name(binding.name) == name) return binding.line >= line;
    }
    // It can only come by a star.
    return std::ranges::any_of(facts.stars(), [&](const StarImport& star) {
      return facts.imports()[star.import].line >= line;
    });
  }

  /// Whether the statement finds a submodule of that name: that is taken from sys.modules.
  bool is_submodule(uint32_t node, uint32_t edge, std::string_view name) const {
    const uint32_t statement = graph_.statements[edge];
    for (uint32_t at = graph_.offsets[node]; at < graph_.offsets[node + 1]; ++at) {
      const uint32_t target = graph_.targets[at];
      if (graph_.statements[at] != statement || target >= graph_.module_count) continue;
      const std::string_view dotted = input_.resolved.modules[target].name;
      if (at != edge && dotted.substr(dotted.rfind('.') + 1) == name) return true;
    }
    return false;
  }

  const SuspectInput& input_;
  const ImportGraph& graph_;
  std::span<const uint32_t> members_;
  std::unordered_map<uint32_t, uint32_t> position_;  // by node, in members_
  std::vector<uint32_t> seen_;   // by position: the last entry that began it
  std::vector<uint32_t> frame_;  // by position: into path_, while it runs
  std::vector<Frame> path_;
  uint64_t steps_ = 0;
};

}  // namespace

std::vector<uint32_t> cycle_suspects(const SuspectInput& input) {
  std::vector<uint32_t> suspects;
  const Condensation& condensation = input.condensation;
  for (uint32_t component = 0; component < condensation.component_count(); ++component) {
    const auto members = condensation.of(component);
    if (members.size() == 1) continue;
    const std::vector<uint32_t> found = CycleSearch(input, members).run();
    suspects.insert(suspects.end(), found.begin(), found.end());
  }
  std::ranges::sort(suspects);
  return suspects;
}

std::vector<uint32_t> touched_by(const SuspectInput& input, const std::vector<uint32_t>& fatal) {
  const ImportGraph& graph = input.graph;
  std::vector<uint8_t> seen(graph.node_count());
  std::vector<uint32_t> reached;
  const auto add = [&](uint32_t node) {
    if (seen[node] == 0) reached.push_back(node);
    seen[node] = 1;
  };
  for (const uint32_t node : fatal) {
    for (const uint32_t member : input.condensation.of(input.condensation.component[node])) {
      add(member);
    }
  }
  std::vector<uint32_t> offsets(graph.node_count() + 1);
  std::vector<uint32_t> importers;
  const auto for_each_edge = [&](auto visit) {
    for (uint32_t node = 0; node < graph.node_count(); ++node) {
      for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
        if (contains(kImportTime, graph.classes[edge])) visit(node, graph.targets[edge]);
      }
    }
  };
  for_each_edge([&](uint32_t, uint32_t target) { ++offsets[target + 1]; });
  for (size_t i = 0; i + 1 < offsets.size(); ++i) offsets[i + 1] += offsets[i];
  importers.resize(offsets.back());
  std::vector<uint32_t> next(offsets.begin(), offsets.end() - 1);
  for_each_edge([&](uint32_t node, uint32_t target) { importers[next[target]++] = node; });
  for (size_t head = 0; head < reached.size(); ++head) {
    const uint32_t node = reached[head];
    for (uint32_t at = offsets[node]; at < offsets[node + 1]; ++at) add(importers[at]);
  }
  std::erase_if(reached, [&](uint32_t node) { return graph.file[node] == kNothing; });
  return reached;
}

}  // namespace headwater::attribute
