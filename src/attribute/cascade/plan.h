#pragma once

#include <span>
#include <vector>

#include "model/attribution.h"

namespace headwater::attribute {

/// An order of repairs: each time the cause that unblocks most given those before it; where none
/// unblocks anything alone, the one that most of the remaining have. Causes that block nothing are
/// left out. The last step leaves nothing.
std::vector<PlanStep> repair_plan(const Attribution& attribution);

/// How many counted nodes import once `causes` (ascending) are repaired.
uint32_t unblocked_by(const Attribution& attribution, std::span<const uint32_t> causes);

}  // namespace headwater::attribute
