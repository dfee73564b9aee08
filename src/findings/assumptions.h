#pragma once

#include <vector>

#include "findings/judge.h"
#include "model/import_graph.h"

namespace headwater::findings {

/// By node: whether an import below it is of what no environment tells, which a simulation takes to
/// be there.
std::vector<bool> lead_to_assumptions(const ImportGraph& graph,
                                      const std::vector<Judgement>& judgements);

}  // namespace headwater::findings
