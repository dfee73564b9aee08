#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "environment/environment.h"

namespace headwater::environment {

/// A version, and a clause that says where it comes from.
struct ChosenVersion {
  PythonVersion version;
  std::string why;
  bool is_guess = false;
};

/// Where an environment was found, and a clause that says so.
struct FoundEnvironment {
  std::string folder;
  std::string why;
  EnvironmentSource source;
};

/// From the audited folder up to the repository, the nearest first.
std::vector<std::string> levels(const EnvironmentOptions& options);

/// The environments that lie in the repository, in the order in which they are considered, or if
/// there is none those that are kept for it elsewhere, then conda's active one.
std::vector<FoundEnvironment> find_environments(const FileSystem& files,
                                                const EnvironmentOptions& options);

/// The version to judge by where no interpreter says it.
ChosenVersion version_without_environment(const FileSystem& files,
                                          const EnvironmentOptions& options);

/// A path of a command line or variable, which may be relative to the working folder.
std::string absolute_path(const FileSystem& files, const std::string& path);

}  // namespace headwater::environment
