#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "attribute/first_members.h"
#include "model/import_graph.h"
#include "model/outcome.h"
#include "pipeline/stages.h"

namespace headwater::pipeline {

/// What has to be simulated, and with which files, to know what cycles do. All arguments outlive
/// it.
class SimulationScope {
 public:
  /// `suspects`: of the cycles that may fail, the modules that may meet that first; ascending.
  /// `unbinding`: modules whose names others may set, so that all that they import is run.
  SimulationScope(const StageOutputs& made, const ImportGraph& graph,
                  const Condensation& condensation, const std::vector<uint32_t>& suspects,
                  const std::vector<uint32_t>& unbinding);

  /// Of all that `nodes` import: what leads to a suspect or to a failure that the finder tells, and
  /// what is tried under a guard on the way there, whose outcome decides the way. Of what else they
  /// import the way through cycles does not depend: that it fails is for the cascade.
  std::unordered_set<std::string> files_for(const std::vector<uint32_t>& nodes) const;
  /// Of those that `suspects` are in.
  std::unordered_set<std::string> files_of_cycles(const std::vector<uint32_t>& suspects) const;

  /// Whom the failing cycles of `simulated` may strike.
  struct Affected {
    std::vector<uint32_t> members;            // and whoever was simulated; ascending
    attribute::UncertainImporters importers;  // of which only a simulation tells that
  };
  Affected affected_by(const SimulatedNodes& simulated) const;

 private:
  void add_failing();
  void add_failing(uint32_t node, const FileFacts& facts, const Resolution& row,
                   const PythonEnvironment& environment);

  const StageOutputs& made_;
  const ImportGraph& graph_;
  const Condensation& condensation_;
  const std::vector<uint32_t> unbinding_;
  std::vector<uint32_t> ends_;
  std::vector<bool> leads_to_end_;  // by node
};

}  // namespace headwater::pipeline
