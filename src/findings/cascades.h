#pragma once

#include <vector>

#include "findings/find.h"

namespace headwater::findings {

/// A finding for each statement that has none of its own and whose target fails: HW141, with the
/// target's first cause and the way down to it.
std::vector<Judgement> cascade_findings(const World& world, const Cascaded& cascaded);

/// The line of a chain's step: of its statement, or of the file where there is none.
Place place_of(const World& world, const ImportGraph& graph, const ChainStep& step);

/// When a statement of the class would raise.
When when_of(EdgeClass edge, bool is_entry);

}  // namespace headwater::findings
