#include "base/strong_components.h"

#include <algorithm>

namespace headwater {
namespace {

/// Tarjan's depth-first search gives a node `low`: the smallest index on the stack that it reaches.
/// A node whose low is its own index ends a component: all that lies above it on the stack. The
/// level of a component is found on the way: a node takes the highest of what its edges lead to,
/// and hands it on to the node that it was reached from, so that the last one has it for all.
class Tarjan {
 public:
  explicit Tarjan(const SparseRows& rows)
      : rows_(rows), count_(rows.offsets.size() - 1), nodes_(count_), component_(count_) {
    for (size_t i = 0; i < count_; ++i) nodes_[i].next_edge = rows.offsets[i];
    open_.reserve(count_);
  }

  StrongComponents run() {
    for (uint32_t start = 0; start < count_; ++start) {
      if (nodes_[start].index == 0) search_from(start);
    }
    return by_level();
  }

 private:
  /// 16 bytes, so that a visit costs one cache line.
  struct Node {
    uint32_t index = 0;  // in order of discovery from 1; 0: not seen
    uint32_t low = 0;    // kDone once the component is known
    uint32_t next_edge = 0;
    uint32_t level = 0;  // of what is reached; of the component once it is known
  };
  static constexpr uint32_t kDone = UINT32_MAX;

  void enter(uint32_t node) {
    nodes_[node].index = nodes_[node].low = ++last_index_;
    open_.push_back(node);
    path_.push_back(node);
  }

  void search_from(uint32_t start) {
    enter(start);
    while (!path_.empty()) {
      const uint32_t node = path_.back();
      Node& here = nodes_[node];
      if (here.next_edge == rows_.offsets[node + 1]) {
        leave(node);
        continue;
      }
      const uint32_t edge = here.next_edge++;
      if (!rows_.counts(edge)) continue;
      const uint32_t target = rows_.targets[edge];
      const Node& there = nodes_[target];
      if (there.index == 0) {
        enter(target);
      } else if (there.low == kDone) {
        here.level = std::max(here.level, there.level + 1);
      } else {
        here.low = std::min(here.low, there.index);
      }
    }
  }

  void leave(uint32_t node) {
    path_.pop_back();
    const Node& here = nodes_[node];
    const bool ends_component = here.low == here.index;
    if (!path_.empty()) {
      Node& before = nodes_[path_.back()];
      before.low = std::min(before.low, here.low);
      before.level = std::max(before.level, here.level + (ends_component ? 1 : 0));
    }
    if (ends_component) close(node, here.level);
  }

  void close(uint32_t last, uint32_t level) {
    const auto id = static_cast<uint32_t>(levels_.size());
    levels_.push_back(level);
    uint32_t member;
    do {
      member = open_.back();
      open_.pop_back();
      nodes_[member].low = kDone;
      nodes_[member].level = level;
      component_[member] = id;
    } while (member != last);
  }

  /// Renumbers the components by level; within one, in the order in which they were found.
  StrongComponents by_level() {
    StrongComponents made;
    const size_t components = levels_.size();
    uint32_t highest = 0;
    for (const uint32_t level : levels_) highest = std::max(highest, level + 1);
    made.level_offsets.assign(highest + 1, 0);
    for (const uint32_t level : levels_) ++made.level_offsets[level + 1];
    for (uint32_t i = 0; i < highest; ++i) made.level_offsets[i + 1] += made.level_offsets[i];
    std::vector<uint32_t> next(made.level_offsets.begin(), made.level_offsets.end());
    std::vector<uint32_t> number(components);
    for (size_t i = 0; i < components; ++i) number[i] = next[levels_[i]]++;

    made.component.resize(count_);
    made.offsets.assign(components + 1, 0);
    for (size_t node = 0; node < count_; ++node) {
      const uint32_t id = number[component_[node]];
      made.component[node] = id;
      ++made.offsets[id + 1];
    }
    for (size_t i = 0; i < components; ++i) made.offsets[i + 1] += made.offsets[i];
    made.members.resize(count_);
    next.assign(made.offsets.begin(), made.offsets.end());
    for (uint32_t node = 0; node < count_; ++node) {
      made.members[next[made.component[node]]++] = node;
    }
    return made;
  }

  const SparseRows& rows_;
  size_t count_;
  std::vector<Node> nodes_;
  std::vector<uint32_t> component_;  // by node, numbered as found
  std::vector<uint32_t> levels_;     // by component
  std::vector<uint32_t> open_;       // nodes whose component is not known yet
  std::vector<uint32_t> path_;
  uint32_t last_index_ = 0;
};

}  // namespace

StrongComponents strong_components(const SparseRows& rows) {
  if (rows.offsets.size() <= 1) return {};
  return Tarjan(rows).run();
}

}  // namespace headwater
