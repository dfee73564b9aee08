#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "attribute/cascade/cascade.h"
#include "attribute/cascade/cause_set_interner.h"

namespace headwater::attribute {

/// A node's verdict in one word: a set of causes that is not empty means that it fails.
inline constexpr uint32_t kImportsSet = 0;
inline constexpr uint32_t kUnknownSet = UINT32_MAX;
constexpr bool is_failure(uint32_t verdict) {
  return verdict != kImportsSet && verdict != kUnknownSet;
}
constexpr ModuleState state_of(uint32_t verdict) {
  return verdict == kImportsSet   ? ModuleState::kImports
         : verdict == kUnknownSet ? ModuleState::kUnknown
                                  : ModuleState::kFails;
}

/// What handlers may turn an ImportError into. Of a cause that is turned into several, the first.
inline constexpr std::array kTurnedInto = {Raised::kEitherOfThem, Raised::kSystemExit,
                                           Raised::kException, Raised::kNotKnown};
/// The causes of a node that are, by place in kTurnedInto: sets of them.
using Turned = std::array<uint32_t, kTurnedInto.size()>;

/// What `cause` is turned into, if it is.
std::optional<Raised> turned_into(const Turned& turned, const CauseSetInterner& sets,
                                  uint32_t cause);

/// What the statements of one node come to.
struct Judged {
  uint32_t verdict = kImportsSet;
  uint32_t first_cause = kNothing;
  uint32_t witness = kNothing;  // as Attribution::witness
  uint32_t stop_edge =
      kNothing;  // the edges of the node before it run, from it on none; kNothing: all do
  Turned turned{};
};

/// Goes through the statements of a node in the order in which they run. Thread safe: it reads
/// verdicts of nodes that are settled, and of the node's own cycle, which count as importing.
class StatementWalk {
 public:
  StatementWalk(const CascadeInput& input, const std::vector<uint32_t>& verdicts,
                const std::vector<uint32_t>& first_cause, const std::vector<Turned>& turned,
                CauseSetInterner& sets);

  Judged judge(uint32_t node) const;

 private:
  /// kEscapes: it fails, and the guard around it does not catch that.
  enum class Outcome : uint8_t { kImports, kNotReached, kUnknown, kFails, kEscapes };
  enum class Reached : uint8_t { kYes, kNo, kUnknown };
  struct State;

  void edge(uint32_t edge, State& state) const;
  /// `verdict` without the causes that spare the node.
  uint32_t as_seen_by(uint32_t node, uint32_t verdict) const;
  void direct(uint32_t failure, uint32_t next_edge, State& state) const;
  /// What a statement runs into, of which `cause` is raised first. `target` is
  /// kNothing where it fails by itself.
  struct Met {
    uint32_t statement;
    EdgeKind when;
    uint32_t target;
    uint32_t verdict;
    uint32_t cause;
  };
  void statement(const Met& met, State& state) const;
  void note_turned(const Met& met, State& state) const;
  void unite(State& state) const;
  Reached reached(uint32_t statement, Guard guard, const State& state) const;
  uint32_t past_guard(const Met& met) const;
  Caught is_caught(const Met& met, uint32_t cause) const;
  Raised raised_by(const Met& met, uint32_t cause) const;

  const CascadeInput& input_;
  const std::vector<uint32_t>& verdicts_;
  const std::vector<uint32_t>& first_cause_;
  const std::vector<Turned>& turned_;
  CauseSetInterner& sets_;
  std::vector<uint32_t> failure_offsets_;  // by node; empty without failures
  std::vector<uint32_t> set_of_cause_;     // the set of that cause alone
};

}  // namespace headwater::attribute
