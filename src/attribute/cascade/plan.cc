#include "attribute/cascade/plan.h"

#include <algorithm>
#include <queue>
#include <tuple>

namespace headwater::attribute {
namespace {

class Planner {
 public:
  explicit Planner(const Attribution& attribution)
      : attribution_(attribution),
        sets_of_(attribution.sole.size()),
        gain_(attribution.sole.size()),
        has_(attribution.sole.size()),
        is_repaired_(attribution.sole.size()) {
    for (uint32_t set = 1; set < attribution.sets.size(); ++set) {
      const uint32_t victims = attribution.victims[set];
      left_.resize(set + 1);
      if (victims == 0) continue;
      const auto causes = attribution.sets[set];
      left_[set] = static_cast<uint32_t>(causes.size());
      remaining_ += victims;
      for (const uint32_t cause : causes) {
        sets_of_[cause].push_back(set);
        has_[cause] += victims;
        if (causes.size() == 1) gain_[cause] += victims;
      }
    }
  }

  std::vector<PlanStep> run() {
    for (uint32_t cause = 0; cause < gain_.size(); ++cause) offer(cause);
    std::vector<PlanStep> steps;
    while (!queue_.empty() && remaining_ != 0) {
      const auto [gain, has, inverted] = queue_.top();
      queue_.pop();
      const uint32_t cause = ~inverted;
      if (is_repaired_[cause] || gain != gain_[cause] || has != has_[cause]) continue;
      is_repaired_[cause] = true;
      remaining_ -= gain;
      repair(cause);
      steps.push_back({cause, gain, remaining_});
    }
    return steps;
  }

 private:
  void offer(uint32_t cause) {
    if (has_[cause] != 0) queue_.emplace(gain_[cause], has_[cause], ~cause);
  }

  void repair(uint32_t repaired) {
    for (const uint32_t set : sets_of_[repaired]) {
      const uint32_t victims = attribution_.victims[set];
      --left_[set];
      if (left_[set] > 1) continue;
      for (const uint32_t cause : attribution_.sets[set]) {
        if (is_repaired_[cause]) continue;
        gain_[cause] += victims;
        offer(cause);
      }
    }
  }

  const Attribution& attribution_;
  std::vector<std::vector<uint32_t>> sets_of_;  // by cause
  std::vector<uint32_t> gain_;                  // by cause: what its repair unblocks now
  std::vector<uint32_t> has_;                   // by cause: sole and shared
  std::vector<bool> is_repaired_;
  std::vector<uint32_t> left_;  // by set: causes that are not repaired
  uint32_t remaining_ = 0;
  /// Gain, shared, and the cause inverted: among equals the lowest number comes first.
  std::priority_queue<std::tuple<uint32_t, uint32_t, uint32_t>> queue_;
};

}  // namespace

std::vector<PlanStep> repair_plan(const Attribution& attribution) {
  return Planner(attribution).run();
}

uint32_t unblocked_by(const Attribution& attribution, std::span<const uint32_t> causes) {
  uint32_t count = 0;
  for (uint32_t set = 1; set < attribution.sets.size(); ++set) {
    if (std::ranges::includes(causes, attribution.sets[set])) count += attribution.victims[set];
  }
  return count;
}

}  // namespace headwater::attribute
