#pragma once

#include <vector>

#include "attribute/judge.h"
#include "attribute/simulate.h"

namespace headwater::attribute {

/// Looks for the fewest imports to take away so that no cycle fails, and gives each failure of a
/// cycle in `judged` the ones that mend it. The import that frees most entries comes first, then
/// the one that frees most of the rest, so a few more than needed may be found; and the search is
/// bounded, so there may be too few for very many cycles. Files of the result are numbered as in
/// Judge::codes(). A function of its input at any number of threads.
std::vector<CycleRepair> repair_cycles(Judge& judge, const IsAskedFor& is_asked_for, size_t threads,
                                       std::vector<JudgedImport>& judged);

}  // namespace headwater::attribute
