#pragma once

#include "model/python_environment.h"
#include "model/scanned_tree.h"

namespace headwater::resolve {

/// Tells the imports of `facts` which branches of `sys.version_info`, `sys.platform`, `os.name` and
/// `__name__` the environment's Python runs. A version that is guessed decides nothing, nor does a
/// platform that is not known.
void decide_branches(FileFacts& facts, const PythonEnvironment& environment);

/// The same for a whole tree, in parallel.
void decide_branches(ScannedTree& scanned, const PythonEnvironment& environment);

}  // namespace headwater::resolve
