#pragma once

#include <cstdint>
#include <vector>

#include "base/file_system.h"
#include "model/import_graph.h"
#include "model/outcome.h"
#include "pipeline/stages.h"

namespace headwater::pipeline {

/// A module of the standard library whose own imports may meet a file of the repository that has
/// the name of another one, as asyncio meets a `select.py`; seen from the root of that file.
struct MisledModule {
  uint32_t module;                  // into ResolvedTree::modules
  std::vector<uint32_t> importers;  // nodes of that root that are counted and whose import of it
                                    // fails with it; by file, never empty
};

/// By root and module. Nothing is read where no file has such a name.
std::vector<MisledModule> misled_modules(const FileSystem& files, const StageOutputs& made,
                                         const ImportGraph& graph,
                                         const std::vector<uint8_t>& counted);

/// The first importer of each; ascending.
std::vector<uint32_t> first_importers(const std::vector<MisledModule>& modules);

/// All importers of those whose first one fails; ascending.
std::vector<uint32_t> importers_of_failing(const std::vector<MisledModule>& modules,
                                           const SimulatedNodes& simulated);

}  // namespace headwater::pipeline
