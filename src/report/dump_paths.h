#pragma once

#include <string>

#include "model/entry_paths.h"
#include "model/source_tree.h"

namespace headwater::report {

/// One JSON line for each file from `begin` to `end`: what its entry puts on the search path, in
/// front of the roots and behind everything, with why; `open` where the path is not known.
void dump_paths(const SourceTree& tree, const EntryPaths& entries, size_t begin, size_t end,
                std::string& out);

}  // namespace headwater::report
