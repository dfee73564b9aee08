#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/import_graph.h"
#include "model/outcome.h"
#include "pipeline/stages.h"

namespace headwater::pipeline {

/// A name that modules import from another one, or read there, no statement of which binds it.
struct UnshownName {
  uint32_t module;                  // into ResolvedTree::modules
  std::string_view name;            // of the facts, or of ResolvedTree::wanted
  std::vector<uint32_t> importers;  // nodes that are counted and fail if it is absent; ascending
  /// Of these; if any is, one with nothing around the statement that might catch.
  uint32_t first = kNothing;
  bool is_lacking = false;  // the module lacks it, unless it is not reached or somebody sets it
};

/// By module and name.
std::vector<UnshownName> unshown_names(const StageOutputs& made, const ImportGraph& graph,
                                       const std::vector<uint8_t>& counted);

/// The first importer of each name, as many as can be simulated with all that they import;
/// ascending. First come those of modules that few such names are asked of: most likely one was
/// lost there. Of modules that make their names at run time many are asked.
std::vector<uint32_t> first_importers(const std::vector<UnshownName>& names,
                                      const ImportGraph& graph);

/// Importers of the names that are missing by what was simulated, as many as can be; ascending.
std::vector<uint32_t> importers_of_missing(const std::vector<UnshownName>& names,
                                           const ResolvedTree& resolved, const ImportGraph& graph,
                                           const OutcomeTable& table);

}  // namespace headwater::pipeline
