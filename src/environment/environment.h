#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "model/python_environment.h"

namespace headwater::environment {

/// What a choice of the environment depends on. All paths are absolute but where said.
struct EnvironmentOptions {
  std::string env;          // --env: a path (also a relative one), `none`, `lock`, or empty
  std::string virtual_env;  // the value of $VIRTUAL_ENV, or empty
  std::string repository_root;
  std::string audited_folder;  // in the repository; the search for `.venv` goes upward from here
  /// By the walk, sorted; relative to audited_folder, or absolute.
  std::vector<std::string> environments_found;
  std::vector<std::string> sites;               // --site
  std::vector<std::string> standard_library;    // --stdlib
  std::optional<PythonVersion> python_version;  // --python-version
  std::string requires_python;                  // of the audited project, for want of anything else
  std::string conda_prefix;                     // the value of $CONDA_PREFIX, or empty
  std::string project_name;                     // of the audited folder, as declared, or empty
  /// In which tools keep virtual environments of the user's projects, as far as they are there.
  std::vector<std::string> stores;
  /// Normalized names that the projects declare.
  std::vector<std::string> declared;
  /// The top-level names that the audit imports, asked for once there are distributions.
  std::function<std::unordered_set<std::string>()> imported;
  /// Compares all distributions with the disk, not only those that the imports need.
  bool compare_all = false;
};

/// Chooses and reads the environment, in this order: `env`; `sites` and `standard_library`, which
/// switch discovery off; `virtual_env`; the nearest `.venv` or `venv` from the audited folder up to
/// the repository, then any other found directly below one of these, then what one of the `stores`
/// has for the project; `conda_prefix`; else the standard library's table alone. `lock` reads lock
/// files and declarations instead. An `env` that is none is an Error that says what to do; a stale
/// `virtual_env` is a note. Never runs Python.
Result<PythonEnvironment> read_environment(const FileSystem& files,
                                           const EnvironmentOptions& options);

}  // namespace headwater::environment
