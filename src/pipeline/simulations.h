#pragma once

#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

#include "attribute/simulate.h"
#include "base/file_system.h"
#include "model/outcome.h"
#include "pipeline/kept_world.h"

namespace headwater::pipeline {

/// What a simulation depends on beside the disk.
struct SimulationKey {
  uint64_t environment;  // as environment_key() has it
  std::vector<std::string> first_roots;
  std::vector<std::string> modules;
  const std::unordered_set<std::string>* run_only;  // nullptr: everything
  const std::unordered_set<std::string>& in_doubt;
  size_t most_causes;

  uint64_t hash() const;
};

/// The simulations of a run: those of the last one are taken over where they would say the same.
class Simulations {
 public:
  /// `worlds`: nullptr: nothing is known, nothing is kept; outlives this.
  Simulations(const FileSystem& files, Worlds* worlds) : files_(files), worlds_(worlds) {}

  /// `simulate` reads through the files that it is given, and asks whether a name is asked for by
  /// the function that it is given.
  using Simulate =
      std::function<OutcomeTable(const FileSystem& files, const attribute::IsAskedFor& asked)>;
  OutcomeTable get(const SimulationKey& key, const attribute::IsAskedFor& asked,
                   const Simulate& simulate);

  const FileSystem& files() const { return files_; }
  /// All that there were, where there is somebody to keep them.
  std::vector<KeptSimulation> made() && { return std::move(made_); }

 private:
  const KeptSimulation* known(uint64_t key, const attribute::IsAskedFor& asked) const;

  const FileSystem& files_;
  Worlds* const worlds_;
  std::vector<KeptSimulation> made_;
};

}  // namespace headwater::pipeline
