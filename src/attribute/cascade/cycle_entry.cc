#include "attribute/cascade/cycle_entry.h"

#include <algorithm>
#include <unordered_map>

namespace headwater::attribute {
namespace {

constexpr uint64_t kStepsPerCycle = 30'000'000;
constexpr uint64_t kFewestStepsPerEntry = 500;

/// Imports as Python does: depth first, a module that has begun is not begun again.
class Entry {
 public:
  Entry(const ImportGraph& graph, std::span<const uint32_t> nodes, std::vector<Judged>& judged)
      : graph_(graph),
        nodes_(nodes),
        judged_(judged),
        begun_(nodes.size(), kNothing),
        steps_(std::max(kFewestStepsPerEntry, kStepsPerCycle / nodes.size())) {
    index_edges();
    own_.reserve(nodes.size());
    for (const Judged& each : judged) own_.push_back(is_failure(each.verdict) ? each : Judged{});
  }

  /// False if it takes too many steps.
  bool enter_at(uint32_t entry) {
    path_.clear();
    begin(entry, entry);
    for (uint64_t steps = steps_; !path_.empty(); --steps) {
      if (steps == 0) return false;
      Frame& frame = path_.back();
      const bool ends = frame.next == offsets_[frame.at + 1];
      if (ends || edges_[frame.next].edge >= own_[frame.at].stop_edge) {
        if (own_[frame.at].first_cause != kNothing) {
          met(entry, own_[frame.at].first_cause);
          return true;
        }
        path_.pop_back();
        continue;
      }
      const uint32_t target = edges_[frame.next++].target;
      if (begun_[target] != entry) begin(target, entry);
    }
    return false;
  }

  /// For every entry that meets no cause of its own: the cause that the fewest statements lead to.
  void enter_by_nearest() {
    std::vector<uint32_t> offsets(nodes_.size() + 1, 0);
    for (const Inside& inside : edges_) ++offsets[inside.target + 1];
    for (size_t i = 0; i < nodes_.size(); ++i) offsets[i + 1] += offsets[i];
    std::vector<Inside> importers(edges_.size());  // with the importer as target
    std::vector<uint32_t> next(offsets.begin(), offsets.end());
    for (uint32_t i = 0; i < nodes_.size(); ++i) {
      for (uint32_t at = offsets_[i]; at < offsets_[i + 1]; ++at) {
        importers[next[edges_[at].target]++] = {edges_[at].edge, i};
      }
    }
    std::vector<uint32_t> open;
    for (uint32_t i = 0; i < nodes_.size(); ++i) {
      judged_[i] = own_[i];
      if (own_[i].first_cause != kNothing) open.push_back(i);
    }
    for (size_t head = 0; head < open.size(); ++head) {
      const uint32_t at = open[head];
      for (uint32_t i = offsets[at]; i < offsets[at + 1]; ++i) {
        Judged& importer = judged_[importers[i].target];
        if (importer.first_cause != kNothing) continue;
        importer.first_cause = judged_[at].first_cause;
        importer.witness = importers[i].edge;
        open.push_back(importers[i].target);
      }
    }
  }

 private:
  /// A hard edge between two nodes of the cycle.
  struct Inside {
    uint32_t edge;    // of the graph
    uint32_t target;  // position
  };
  struct Frame {
    uint32_t at;    // position
    uint32_t next;  // into edges_
  };

  void index_edges() {
    std::unordered_map<uint32_t, uint32_t> position;
    position.reserve(nodes_.size());
    for (uint32_t i = 0; i < nodes_.size(); ++i) position.emplace(nodes_[i], i);
    for (const uint32_t node : nodes_) {
      for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
        if (!is_hard(graph_.kind(edge))) continue;
        const auto target = position.find(graph_.targets[edge]);
        if (target != position.end()) edges_.push_back({edge, target->second});
      }
      offsets_.push_back(static_cast<uint32_t>(edges_.size()));
    }
  }

  void begin(uint32_t at, uint32_t entry) {
    begun_[at] = entry;
    path_.push_back({at, offsets_[at]});
  }

  /// The first frame is the entry's: the statement that it stands at is the one that fails.
  void met(uint32_t entry, uint32_t cause) {
    Judged& judged = judged_[entry];
    judged.first_cause = cause;
    judged.witness = path_.size() == 1 ? own_[entry].witness : edges_[path_.front().next - 1].edge;
  }

  const ImportGraph& graph_;
  std::span<const uint32_t> nodes_;
  std::vector<Judged>& judged_;
  std::vector<Judged> own_;           // what the statements of each come to alone
  std::vector<uint32_t> begun_;       // by position: the last entry that began it
  std::vector<uint32_t> offsets_{0};  // by position, into edges_
  std::vector<Inside> edges_;
  std::vector<Frame> path_;
  const uint64_t steps_;
};

}  // namespace

void find_first_causes(const ImportGraph& graph, std::span<const uint32_t> nodes,
                       size_t cause_count, std::vector<Judged>& judged) {
  Entry entry(graph, nodes, judged);
  entry.enter_by_nearest();
  if (cause_count == 1) return;
  for (uint32_t i = 0; i < nodes.size(); ++i) entry.enter_at(i);
}

}  // namespace headwater::attribute
