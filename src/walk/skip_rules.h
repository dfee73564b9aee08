#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace headwater::walk {

/// A folder name that never holds sources of the repository.
struct SkippedName {
  std::string_view name;
  std::string_view reason;
};

std::span<const SkippedName> skipped_names();

/// Whether a folder of this name is left out unseen: version control, caches, packages of other
/// languages.
bool is_skipped_by_name(std::string_view folder_name);

enum class FolderNature { kSources, kEnvironment, kInstallation, kBuildOutput };

/// What the folder is by what lies in it. A name alone does not make a build output: packages are
/// called `build` too.
FolderNature nature_of(std::string_view folder_name, const std::vector<DirectoryEntry>& entries);

}  // namespace headwater::walk
