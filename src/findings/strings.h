#pragma once

#include <vector>

#include "findings/find.h"

namespace headwater::findings {

/// "MIDDLEWARE names shop.middleware": who says the name, and what.
std::string naming(const NamedString& string);

/// By string: the graph's node of the module that it leads to; kNothing: none, or one that nothing
/// imports.
std::vector<uint32_t> string_nodes(const World& world, const ImportGraph& graph);

/// A finding for each string that names code which is not there: HW401, HW402. What cannot be
/// decided has none.
std::vector<Judgement> judge_strings(const World& world);

/// A finding for each string whose module is there and fails: HW403, with the module's first cause
/// and the way down to it.
std::vector<Judgement> cascades_to_strings(const World& world, const Cascaded& cascaded);

}  // namespace headwater::findings
