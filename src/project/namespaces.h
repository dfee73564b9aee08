#pragma once

#include <map>
#include <string>

#include "model/scanned_tree.h"
#include "model/source_tree.h"
#include "project/folders.h"

namespace headwater::project {

/// Of candidate roots that imports show to be folders of a namespace package, the folder of its
/// outermost package: `lib/acme` of `lib/acme/tools`, where code asks for `acme.tools.x`, there is
/// a `lib/acme/tools/x`, and nothing below `lib` asks for it as `x`. All relative to the tree.
std::map<std::string, std::string> find_namespaces(const SourceTree& tree,
                                                   const ScannedTree& scanned,
                                                   const CandidateRoots& candidates);

}  // namespace headwater::project
