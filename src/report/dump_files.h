#pragma once

#include <string>

#include "model/source_tree.h"

namespace headwater::report {

/// Appends one JSON line for each file from `begin` to `end`: its path, kind and size in bytes.
void dump_files(const SourceTree& tree, size_t begin, size_t end, std::string& out);

}  // namespace headwater::report
