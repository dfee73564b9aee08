#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "attribute/cascade/statement_walk.h"
#include "model/import_graph.h"

namespace headwater::attribute {

/// Which cause an import meets first depends on where it enters the cycle. `nodes` reach each other
/// by hard edges; `judged` has what the statements of each come to without the others, and gets
/// first cause and witness for each entry.
///
/// Entering at each costs the square of the cycle's size, so it is bounded: an entry that has met
/// no cause after so many steps gets the one that the fewest statements lead to. So do all where
/// there is one cause only.
void find_first_causes(const ImportGraph& graph, std::span<const uint32_t> nodes,
                       size_t cause_count, std::vector<Judged>& judged);

}  // namespace headwater::attribute
