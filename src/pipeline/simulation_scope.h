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
  SimulationScope(const StageOutputs& made, const ImportGraph& graph,
                  const Condensation& condensation, const std::vector<uint32_t>& suspects);

  /// Of all that `nodes` import, what leads to a suspect or to another failure. Whatever else they
  /// import works, so that it need not be run.
  std::unordered_set<std::string> files_for(const std::vector<uint32_t>& nodes) const;
  std::unordered_set<std::string> files_of_cycles() const;

  /// The nodes of `simulated`, with all members of the cycles that fail and those importers of
  /// which only a simulation tells what that does to them; ascending.
  std::vector<uint32_t> affected_by(const SimulatedNodes& simulated) const;

 private:
  void add_failing();
  void add_failing(uint32_t node, const FileFacts& facts, const Resolution& row,
                   const PythonEnvironment& environment);

  const StageOutputs& made_;
  const ImportGraph& graph_;
  const Condensation& condensation_;
  const std::vector<uint32_t> suspects_;
  std::vector<uint32_t> ends_;
  std::vector<bool> leads_to_end_;  // by node
};

}  // namespace headwater::pipeline
