#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/attribution.h"
#include "model/import_graph.h"

namespace headwater::attribute {

/// Whom the causes of cycles strike: an importer of a cycle's members fails if the first one that
/// it comes to does. Later ones are there by then. `known` has the members that fail, `is_of_cycle`
/// tells by cause whether a cycle is one. One element per cycle, by component.
std::vector<EntryCauses> entry_causes(const ImportGraph& graph, const Condensation& condensation,
                                      std::span<const KnownOutcome> known,
                                      const std::vector<bool>& is_of_cycle);

}  // namespace headwater::attribute
