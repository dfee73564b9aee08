#pragma once

#include <string>

#include "model/resolved_tree.h"
#include "model/scanned_tree.h"
#include "model/source_tree.h"

namespace headwater {

/// One line of JSON per row of `resolved`, with sorted keys; what is empty is left out.
void append_resolutions_json(std::string& out, const SourceTree& tree, const ScannedTree& scanned,
                             const ResolvedTree& resolved);

}  // namespace headwater
