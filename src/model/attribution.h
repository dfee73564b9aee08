#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/import_graph.h"

namespace headwater {

enum class ModuleState : uint8_t { kImports, kUnknown, kFails };

/// What Python raises where a cause strikes; it decides which handlers catch it.
enum class Raised : uint8_t {
  kModuleNotFoundError,
  kImportError,
  kEitherOfThem,  // as the statement that it strikes asks
  kSyntaxError,
  kException,  // any other
  kSystemExit,
  kNotKnown,
};

constexpr bool is_import_error(Raised raised) { return raised <= Raised::kEitherOfThem; }

enum class Caught : uint8_t { kNo, kYes, kNotKnown };
Caught caught_by(Guard guard, Raised raised);

/// A statement that fails by itself, not by what its target runs into.
struct DirectFailure {
  uint32_t node;
  uint32_t statement;  // into the facts of the node's file
  uint32_t cause;      // kNothing where it is not certain that it fails
  EdgeKind when;       // as for an edge of that statement
  /// The file as a whole, before its first statement: it does not compile. `statement` is 0.
  bool is_of_file = false;
};

/// A statement on the way from a module to a cause.
struct ChainStep {
  uint32_t node;
  uint32_t statement;  // kNothing: the package of the node comes first
};

/// Where a failure is: no statement of its file, if it is the file.
inline ChainStep step_of(const DirectFailure& failure) {
  return {failure.node, failure.is_of_file ? UINT32_MAX : failure.statement};
}

/// The verdict on a node that was found elsewhere: it is taken as it is.
struct KnownOutcome {
  uint32_t node;
  ModuleState state;
  std::vector<uint32_t> causes;  // distinct; the first cause first
  /// False: what its statements come to is added to the causes; where they cannot be decided, what
  /// imports is undecided.
  bool is_complete = true;
  /// From the node's own statement down to the one that fails, for the first cause.
  std::vector<ChainStep> chain{};
};

/// Causes of cycles that are fatal for who enters them at some of their members.
struct EntryCauses {
  static constexpr uint32_t kSpared = 0;
  std::vector<uint32_t> causes;                   // ascending
  std::vector<std::vector<uint32_t>> strike{{}};  // some of them each, ascending; the first: none
  std::vector<uint32_t> entered;                  // by node: into `strike`; empty without causes
};

/// Distinct sets of causes, each stored once. Set 0 is empty.
class CauseSets {
 public:
  CauseSets() = default;
  CauseSets(std::vector<uint32_t> offsets, std::vector<uint32_t> causes)
      : offsets_(std::move(offsets)), causes_(std::move(causes)) {}

  size_t size() const { return offsets_.size() - 1; }
  /// Ascending.
  std::span<const uint32_t> operator[](uint32_t set) const {
    return std::span(causes_).subspan(offsets_[set], offsets_[set + 1] - offsets_[set]);
  }

 private:
  std::vector<uint32_t> offsets_{0, 0};
  std::vector<uint32_t> causes_;
};

/// In Attribution::witness: the rest is an index of a DirectFailure, not of an edge.
inline constexpr uint32_t kWitnessIsDirect = 1u << 31;

/// A cause of a node that a handler on the way to it turns into another exception.
struct TurnedCause {
  uint32_t node;
  uint32_t cause;
  Raised raised;
};

/// Which modules fail, and why. Indexed by node of the ImportGraph where nothing else is said.
struct Attribution {
  std::vector<ModuleState> state;
  std::vector<uint32_t> first_cause;  // kNothing where it does not fail
  std::vector<uint32_t> cause_set;    // into sets
  /// The first statement that fails: an edge, or a direct failure; kNothing where none does, or
  /// where the verdict was known.
  std::vector<uint32_t> witness;
  CauseSets sets;
  std::vector<uint32_t> victims;    // by set: the counted nodes whose causes it is
  std::vector<uint32_t> sole;       // by cause: counted nodes that it blocks alone
  std::vector<uint32_t> shared;     // by cause: counted nodes that it blocks with others
  std::vector<TurnedCause> turned;  // by node and cause
};

/// What importing `node` raises for `cause`; `raised` is by cause, where nothing turns it.
Raised raised_at(const Attribution& attribution, std::span<const Raised> raised, uint32_t node,
                 uint32_t cause);

/// A repair, given those before it.
struct PlanStep {
  uint32_t cause;
  uint32_t unblocks;   // counted nodes that then import
  uint32_t remaining;  // counted nodes that still fail
};

/// The statements that lead from `node` to `cause`, one of its causes: the last one fails by
/// itself. The way that Python takes where `cause` is the first, as far as cycles leave it; else a
/// shortest one. `known` is by node, as in CascadeInput. Empty where `cause` is a later one of a
/// verdict that was known beforehand.
std::vector<ChainStep> witness_chain(const ImportGraph& graph, const Attribution& attribution,
                                     std::span<const DirectFailure> failures,
                                     std::span<const KnownOutcome> known, uint32_t node,
                                     uint32_t cause);

/// The chains of many nodes to their first causes, each cut to so many steps: the first ones and
/// the last. Takes linear time for all nodes together where no cycle is in the way. Not thread
/// safe.
class CutChains {
 public:
  /// The arguments are those of witness_chain and outlive it.
  CutChains(const ImportGraph& graph, const Attribution& attribution,
            std::span<const DirectFailure> failures, std::span<const KnownOutcome> known,
            size_t most_steps);

  std::vector<ChainStep> of(uint32_t node);

 private:
  /// The step that ends the way from `node`; its node is kNothing where it leads in a circle.
  ChainStep end_of(uint32_t node);
  std::vector<ChainStep> cut(std::vector<ChainStep> chain) const;

  const ImportGraph& graph_;
  const Attribution& attribution_;
  std::span<const DirectFailure> failures_;
  std::span<const KnownOutcome> known_;
  const size_t most_steps_;
  std::vector<ChainStep> ends_;      // by node, where is_settled_
  std::vector<uint8_t> is_settled_;  // by node
};

}  // namespace headwater
