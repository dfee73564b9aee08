#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/class_outline.h"
#include "model/entry_paths.h"
#include "model/named_string.h"
#include "model/project_layout.h"
#include "model/python_environment.h"
#include "model/resolved_tree.h"
#include "model/scanned_tree.h"
#include "model/source_tree.h"
#include "resolve/trace.h"

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
  std::span<const NamedString> strings;  // what they lead to is asked for as well
  /// Reads the classes of a module, whose attributes strings name. Thread safe.
  std::function<std::vector<ClassOutline>(std::string_view)> outline;
};

/// Finds what every import statement of the tree names, as CPython's path finder would on the
/// disk as it is. Nothing is run; what cannot be known is unknown. `trace`: for resolve_again(), if
/// somebody wants it.
ResolvedTree resolve(const FileSystem& file_system, const SourceTree& tree,
                     const ScannedTree& scanned, const ProjectLayout& layout,
                     const EntryPaths& entries, const PythonEnvironment& environment,
                     const ResolveOptions& options, ResolveTrace* trace = nullptr);

/// The same from what was resolved before, where nothing differs but what `changed` files contain,
/// by FileId and ascending: only they and those that asked about them are resolved. Nothing where
/// more has to be done. `trace` is whole.
std::optional<ResolvedTree> resolve_again(const FileSystem& file_system, const SourceTree& tree,
                                          const ScannedTree& scanned, const ProjectLayout& layout,
                                          const EntryPaths& entries,
                                          const PythonEnvironment& environment,
                                          const ResolveOptions& options, ResolvedTree before,
                                          ResolveTrace trace, const std::vector<uint32_t>& changed);

}  // namespace headwater::resolve
