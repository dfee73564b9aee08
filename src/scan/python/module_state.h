#pragma once

#include "model/file_facts.h"

namespace headwater::scan {

/// Fills FileFacts::module_names and has_getattr from the bindings, which stand in the order in
/// which they run.
void set_module_states(FileFacts& facts);

}  // namespace headwater::scan
