#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/project_layout.h"
#include "model/scanned_tree.h"
#include "model/source_tree.h"

namespace headwater::project {

struct LayoutOptions {
  std::vector<std::string> roots;             // --root: absolute, in search order
  std::vector<std::string> configured_roots;  // `roots` of the configuration: relative to the tree
};

/// Where the first-party code of a tree lies, and what its projects declare. A project is a folder
/// with a pyproject.toml, setup.cfg or setup.py, or an unpacked distribution; the tree itself is
/// always one. A file that cannot be read or parsed is a note. Never runs setup.py.
/// What the files import says which folders are part of a namespace package.
ProjectLayout find_layout(const FileSystem& files, const SourceTree& tree,
                          const ScannedTree& scanned, const LayoutOptions& options);

}  // namespace headwater::project
