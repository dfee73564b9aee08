#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "model/source_tree.h"

namespace headwater::walk {

struct WalkOptions {
  std::string root;                   // the folder to audit
  std::vector<std::string> excludes;  // in the syntax of .gitignore, relative to root
  bool respect_ignore_files = true;   // .gitignore of every level and .git/info/exclude
  /// Fills size_bytes and mtime_ns, at the cost of a system call per file.
  bool with_status = true;
  /// Whether a file of this path, relative to root, is taken as a configuration file.
  bool (*is_configuration)(std::string_view path) = nullptr;
  const std::atomic<bool>* stop = nullptr;  // set by others: end early with what there is
};

/// Finds the source files below a folder, in parallel. Links are never followed. What cannot be
/// listed is in `unread`; only a root that cannot be listed is an error. The user's global ignore
/// file is not read: an audit depends on the repository alone.
Result<SourceTree> walk(const FileSystem& file_system, const WalkOptions& options);

}  // namespace headwater::walk
