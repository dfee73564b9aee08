#pragma once

#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace headwater::walk {

/// Whether a folder of this name never holds sources of the repository: version control, caches,
/// packages of other languages.
bool is_skipped_by_name(std::string_view folder_name);

enum class FolderNature { kSources, kEnvironment, kBuildOutput };

/// What the folder is by what lies in it. A name alone does not make a build output: packages are
/// called `build` too.
FolderNature nature_of(std::string_view folder_name, const std::vector<DirectoryEntry>& entries);

}  // namespace headwater::walk
