#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/entry_paths.h"
#include "model/source_tree.h"

namespace headwater::project {

/// What PYTHONPATH is where the files of SourceTree::run_files write it down, as far as it names
/// folders that exist in the tree. Adds to `notes` what could not be read.
std::vector<WrittenFolder> find_python_path(const FileSystem& files, const SourceTree& tree,
                                            std::vector<std::string>& notes);

}  // namespace headwater::project
