#pragma once

#include "model/python_environment.h"
#include "model/scanned_tree.h"

namespace headwater::resolve {

/// Tells the imports of `facts` which branches of `sys.version_info` and `sys.platform` the
/// environment's Python runs. Does nothing where its version is not known.
void decide_branches(FileFacts& facts, const PythonEnvironment& environment);

/// The same for a whole tree, in parallel.
void decide_branches(ScannedTree& scanned, const PythonEnvironment& environment);

}  // namespace headwater::resolve
