#pragma once

#include "model/file_facts.h"
#include "model/python_environment.h"

namespace headwater::resolve {

/// Tells the imports of `facts` which branches of `sys.version_info`, `sys.platform`, `os.name` and
/// `__name__` the environment's Python runs. A version that is guessed decides nothing, nor does a
/// platform that is not known.
void decide_branches(FileFacts& facts, const PythonEnvironment& environment);

}  // namespace headwater::resolve
