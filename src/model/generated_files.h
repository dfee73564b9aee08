#pragma once

#include <string_view>

#include "model/project_layout.h"

namespace headwater {

/// Whether a build makes the module that `file`, a path relative to the repository, asks for: by
/// what the projects say, or by what it is called, as protobuf's are.
bool is_generated(const ProjectLayout& layout, std::string_view file, std::string_view module);

/// Whether a build file names it; where that does not say in which package, it has to be one of the
/// asking file's project.
bool is_named_by_a_build(const ProjectLayout& layout, std::string_view file,
                         std::string_view module);

}  // namespace headwater
