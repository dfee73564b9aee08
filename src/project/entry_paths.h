#pragma once

#include "base/file_system.h"
#include "model/entry_paths.h"
#include "model/project_layout.h"
#include "model/scanned_tree.h"
#include "model/source_tree.h"

namespace headwater::project {

/// What stands on the search path of each file besides the roots and the environment: pytest's
/// doing for tests, what conftest.py files, packages around it and the file itself do to
/// `sys.path`, and PYTHONPATH where it is written down. Folders that do not exist are left out, and
/// nothing outside of the repository around the tree is looked at.
EntryPaths find_entry_paths(const FileSystem& files, const SourceTree& tree,
                            const ScannedTree& scanned, const ProjectLayout& layout);

}  // namespace headwater::project
