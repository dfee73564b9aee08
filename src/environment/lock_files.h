#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "environment/environment.h"
#include "model/python_environment.h"

namespace headwater::environment {

/// --env lock: what `uv.lock`, `poetry.lock`, `pdm.lock` and `pylock.toml` from the audited folder
/// up to the repository lock, and where none is there, what the projects declare, is installed.
PythonEnvironment read_lock_environment(const FileSystem& files, const EnvironmentOptions& options,
                                        const std::vector<std::string>& folders);

/// What the repository installs with, by the lock file that is nearest in `folders`; kPip if none
/// is.
Installer installer_of(const FileSystem& files, const std::vector<std::string>& folders);

/// The packages that one lock file has; a note where its format is newer than is known or it cannot
/// be read. `is_complete` false: it may lock more than could be read.
struct LockFile {
  std::vector<Distribution> distributions;
  std::vector<std::string> notes;
  bool is_complete = true;
};

/// `name` is the file's own, such as `uv.lock`; `path` is for notes and metadata_path.
LockFile parse_lock_file(std::string_view text, const std::string& name, const std::string& path);

}  // namespace headwater::environment
