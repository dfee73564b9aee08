#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/file_system.h"
#include "model/python_environment.h"
#include "resolve/folder_cache.h"
#include "resolve/static_imports.h"

namespace headwater::resolve {

/// What start-up code of an environment imports: the `import` lines of `.pth` files, sitecustomize
/// and usercustomize, which run before a script's folder is on the search path. A file beside the
/// script hides none of these modules. Read when it is first asked for; thread safe.
class StartUp {
 public:
  /// The references outlive it. `scan`: empty: what modules import in turn is not known.
  StartUp(const FileSystem& files, const FolderCache& folders, const PythonEnvironment& environment,
          StaticImports::Scan scan);

  /// Whether the module of this top-level name may be loaded by then, from the standard library or
  /// from what is installed. More may than are, since nothing is run.
  bool may_have_loaded(std::string_view top) const;

 private:
  class Walk;

  const FileSystem& files_;
  const FolderCache& folders_;
  const PythonEnvironment& environment_;
  const StaticImports::Scan scan_;
  mutable std::once_flag once_;
  mutable std::unordered_set<std::string> loaded_;  // dotted names
};

}  // namespace headwater::resolve
