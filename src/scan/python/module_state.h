#pragma once

#include "model/file_facts.h"

namespace headwater::scan {

/// Fills FactsBuilder::name_states and has_getattr from the bindings, which stand in the order in
/// which they run.
void set_module_states(FactsBuilder& facts);

}  // namespace headwater::scan
