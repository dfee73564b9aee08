#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"

namespace headwater::project {

/// The folders below `folder` that `patterns` match and `exclude` does not, as uv and cargo read
/// them: `*`, `?`, `[...]` in each part, `**` for any number of parts. Sorted, distinct, absolute.
/// Links are not followed.
std::vector<std::string> workspace_members(const FileSystem& files, const std::string& folder,
                                           const std::vector<std::string>& patterns,
                                           const std::vector<std::string>& exclude);

}  // namespace headwater::project
