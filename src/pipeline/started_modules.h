#pragma once

#include <string>
#include <unordered_set>

#include "base/file_system.h"
#include "pipeline/stages.h"

namespace headwater::pipeline {

/// The modules of the repository that files which say how its code is run start: by `-m`, as
/// `package.module:name`, by the path of the file, or just named in a command. More than there are
/// rather than less: nothing tells a command from a text.
std::unordered_set<std::string> started_modules(const FileSystem& files, const StageOutputs& made);

}  // namespace headwater::pipeline
