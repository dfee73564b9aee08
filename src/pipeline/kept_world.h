#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/entry_paths.h"
#include "model/outcome.h"
#include "model/resolved_tree.h"
#include "model/source_tree.h"
#include "resolve/trace.h"

/// What a whole run leaves to runs of the same question in which nothing has changed but what some
/// sources contain. docs/incremental.md has the rules.
namespace headwater::pipeline {

/// What was asked of a simulation, beside files, and answered.
struct KeptQuestion {
  std::string module;
  std::string name;
  bool is_asked_for = false;
};

/// A simulation: a function of its key, of the files that it has read, and of these questions.
struct KeptSimulation {
  uint64_t key = 0;
  std::vector<std::string> read;  // absolute, sorted
  std::vector<KeptQuestion> questions;
  OutcomeTable table;
};

/// What the imports were found by, beside the disk and the facts: search paths and environment.
struct KeptResolving {
  uint64_t key = 0;
  EntryPaths entry_paths;
  std::vector<uint32_t> path_editors;  // files that edit sys.path, ascending
  ResolvedTree resolved;
  resolve::ResolveTrace trace;
};

struct KeptWorld {
  SourceTree tree;
  /// Sources whose text says more than their facts do: setup.py. Absolute, sorted.
  std::vector<std::string> settings;
  uint64_t layout_key = 0;  // roots and projects, which what sources import has a say in
  std::vector<KeptSimulation> simulations;
  KeptResolving resolving;
};

/// What `headwater` knows at the end of a run: the members of a KeptWorld, where they are.
struct WorldView {
  const SourceTree& tree;
  const std::vector<std::string>& settings;
  uint64_t layout_key;
  const std::vector<KeptSimulation>& simulations;
  uint64_t key;
  const EntryPaths& entry_paths;
  const std::vector<uint32_t>& path_editors;
  const ResolvedTree& resolved;
  const resolve::ResolveTrace& trace;
};
std::string encode(const WorldView& world);
/// Nothing if the bytes are not all of it.
std::optional<KeptWorld> decode(std::string_view bytes);

/// What passes between the runs of one question.
struct Worlds {
  std::unique_ptr<KeptWorld> last;      // nullptr: everything is done anew
  std::vector<std::string> changed;     // sources that it has other contents of; absolute, sorted
  std::vector<uint32_t> changed_files;  // the same by FileId, ascending, once there is a tree
  std::string next;                     // as encoded; empty: nothing is left
  bool is_patched = false;  // what is resolved is that of the last run, brought up to date
  uint64_t layout_key = 0;  // as KeptWorld has it, of this run
  uint64_t key = 0;         // as KeptResolving has it, and its trace, of this run
  resolve::ResolveTrace trace;
};

}  // namespace headwater::pipeline
