#pragma once

#include <vector>

#include "base/file_system.h"
#include "model/named_string.h"
#include "pipeline/stages.h"

namespace headwater::pipeline {

/// The strings of configuration files and sources that name code, by file and line: from the
/// stages up to the layout. `wants_paths`: also texts that look like paths.
std::vector<NamedString> named_strings(const FileSystem& files, const StageOutputs& made,
                                       bool wants_paths);

}  // namespace headwater::pipeline
