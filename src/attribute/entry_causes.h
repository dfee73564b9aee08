#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/attribution.h"
#include "model/import_graph.h"

namespace headwater::attribute {

/// Whom the causes of cycles strike: those of `known` that have them, and who is in neither of the
/// two fails as the first member of the cycle does that it comes to. Later members are there by
/// then. `spared` nodes are known to be struck by none; `is_of_cycle` tells by cause whether a
/// cycle is one.
EntryCauses entry_causes(const ImportGraph& graph, const Condensation& condensation,
                         std::span<const KnownOutcome> known, std::span<const uint32_t> spared,
                         const std::vector<bool>& is_of_cycle);

}  // namespace headwater::attribute
