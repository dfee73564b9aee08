#pragma once

#include <string_view>

#include "model/file_facts.h"

namespace headwater::scan {

/// Fills `facts.path_edits` with what the module does to `sys.path`, by walking its statements in
/// their order: names are followed, functions are taken to be called with anything. To be called
/// when the other facts are there; costs next to nothing where neither the text nor the imports
/// speak of the search path. `is_broken`: the text could not be decoded.
void read_path_edits(std::string_view text, bool is_broken, FactsBuilder& facts);

}  // namespace headwater::scan
