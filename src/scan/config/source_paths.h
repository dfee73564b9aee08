#pragma once

#include <string_view>
#include <vector>

#include "scan/config/readers.h"

namespace headwater::scan {

/// Adds the string literals of a Python source that clearly are paths, with lines of the text.
void add_source_paths(std::string_view text, std::vector<ConfigString>& out);

}  // namespace headwater::scan
