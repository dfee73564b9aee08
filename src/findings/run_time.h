#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "findings/judge.h"
#include "model/attribution.h"
#include "model/outcome.h"

namespace headwater::findings {

/// What the import simulation says, in terms of judgements. Built from the world alone; it is asked
/// twice, since causes are numbered in between.
class RunTime {
 public:
  /// The arguments outlive it.
  RunTime(const World& world, const ImportGraph& graph, const SimulatedNodes& simulated);

  /// What no statement shows by itself: an import that a cycle makes fail (HW121), a name that a
  /// module does not have when it is asked for (HW111), a module that is imported by a name in a
  /// string and is not there (HW101), module-level code that raises (HW131).
  /// Where a guard lets a failure through after all, the one of `judgements` is optional no more.
  std::vector<Judgement> judgements(std::vector<Judgement>& judgements) const;

  /// The verdicts on the simulated nodes, by node. A cause is that of the judgement at its place;
  /// where there is none the verdict is unknown. `judgements` have their causes' numbers;
  /// `suppressed` ones have no cause.
  std::vector<KnownOutcome> known(const std::vector<Judgement>& judgements,
                                  const std::vector<Judgement>& suppressed) const;

  /// Nodes of which the simulation is sure that no cycle fails them.
  std::vector<uint32_t> spared() const;

 private:
  /// Where a statement of the simulation stands in the audit; kNothing: nowhere.
  struct Spot {
    uint32_t node = kNothing;
    uint32_t file = kNothing;       // FileId
    uint32_t installed = kNothing;  // into ResolvedTree::installed
    uint32_t statement = kNothing;  // the import that begins on that line
  };
  /// Where the judgement of a cause stands, and its code where only one can be meant.
  struct Site {
    Spot spot;
    uint32_t line = 0;
    std::string_view code;
  };
  using Spots = std::unordered_multimap<uint64_t, const Judgement*>;

  Spot spot_of(SourcePlace place) const;
  Site site_of(const ImportCause& cause) const;
  /// Whether the search path of the module `node` has that root of the layout before the library.
  bool sees(uint32_t node, uint32_t root) const;
  /// The first-party file that hides the module of the standard library that `cause` is about.
  uint32_t hiding_file(const ImportCause& cause) const;
  const FileFacts* facts_of(const Spot& spot) const;
  Spots by_place(const std::vector<Judgement>& judgements) const;
  bool is_about(const Judgement& judged, const ImportCause& cause, std::string_view code) const;
  const Judgement* judgement_at(const Spots& spots, const ImportCause& cause) const;
  /// Whether a string names the missing module, by import_module() or its like, or is made to.
  bool imports_by_name(const ImportCause& cause, const Spot& spot) const;
  void note_what_ran_whole();
  /// Whether a name that no statement of its module binds is asked for there, or read, and all was
  /// run that may set it. `cause`: of the table.
  bool is_unshown(const ImportCause& cause, const Spot& spot) const;
  /// Whether nothing but a simulation tells the cause.
  bool only_runs_tell(const ImportCause& cause) const;
  bool is_told(const ImportCause& cause, const Spot& spot) const;
  Judgement judgement_of(const ImportCause& cause, const Site& site) const;
  void describe(const ImportCause& cause, Judgement& made) const;
  /// The simulated modules that fail for it, sorted.
  std::vector<std::string> entries_of(const ImportCause& cause) const;
  std::vector<std::string> entries_with(const std::function<bool(uint32_t)>& wanted) const;
  std::string raised_by_import_of(const ImportCause& cause, const std::string& own) const;
  void describe_distribution(const ImportCause& cause, Judgement& made) const;
  void describe_cycle(const ImportCause& cause, Judgement& made) const;
  std::string cycle_of(const ImportCause& cause) const;
  std::string told_apart(const std::string& module, SourcePlace place) const;
  std::vector<std::string> entries_of_repair(uint32_t repair) const;
  /// `seen_from_it`: it may be "this import".
  std::string way_out_of_cycle(const ImportCause& cause, const Judgement& made,
                               bool seen_from_it) const;
  std::vector<ChainStep> packages_between(uint32_t node, uint32_t package) const;
  std::vector<ChainStep> chain_of(uint32_t node, const ModuleOutcome& outcome) const;
  KnownOutcome known_of(uint32_t node, const ModuleOutcome& outcome, const Spots& spots,
                        const Spots& silent) const;
  bool is_of_cycle(uint32_t cause) const;
  bool is_struck_by_cycle(const ModuleOutcome& outcome) const;
  /// A cycle that nothing is known to break has many statements that come too early, one after the
  /// other is repaired; it is broken where it fails first.
  std::vector<uint32_t> causes_that_count(const ModuleOutcome& outcome) const;
  std::vector<uint32_t> causes_that_count() const;  // of all modules, ascending

  const World& world_;
  const ImportGraph& graph_;
  const SimulatedNodes& simulated_;
  const std::vector<bool> own_exits_;  // by cause
  std::vector<bool> ran_whole_;        // by cause: some module that has it ran all that it imports
  std::vector<Spot> files_;            // by file of the table; without a statement
  std::unordered_set<uint32_t> serves_unshown_;  // files of modules that are asked for such names
};

}  // namespace headwater::findings
