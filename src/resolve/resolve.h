#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/entry_paths.h"
#include "model/project_layout.h"
#include "model/python_environment.h"
#include "model/resolved_tree.h"
#include "model/scanned_tree.h"
#include "model/source_tree.h"

namespace headwater::resolve {

struct ResolveOptions {
  bool standard_library_first = false;     // as for code that is installed, not run from its folder
  std::vector<std::string> known_modules;  // globs over dotted names that exist though not found
  /// Reads the facts of installed modules and the standard library's, those that names are imported
  /// from; empty: their names are not judged. Thread safe.
  std::function<FileFacts(std::string_view)> scan;
  /// By FileId: whose imports are asked for; empty: those of all files. The others still tell what
  /// sets names on modules.
  std::vector<bool> asked;
};

/// Finds what every import statement of the tree names, as CPython's path finder would on the
/// disk as it is. Nothing is run; what cannot be known is unknown.
ResolvedTree resolve(const FileSystem& file_system, const SourceTree& tree,
                     const ScannedTree& scanned, const ProjectLayout& layout,
                     const EntryPaths& entries, const PythonEnvironment& environment,
                     const ResolveOptions& options);

}  // namespace headwater::resolve
