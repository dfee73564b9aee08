#pragma once

#include <optional>
#include <string>

#include "base/file_system.h"
#include "base/result.h"
#include "environment/installation.h"

namespace headwater::environment {

/// What a path that is meant as an environment turned out to be.
struct LocatedEnvironment {
  std::string prefix;  // the environment's folder; of a bare package folder the folder itself
  std::optional<VirtualEnvironmentFile> virtual_environment;  // where it has a pyvenv.cfg
  std::optional<Installation> installation;  // what `prefix` itself has below `lib`
  bool is_package_folder = false;            // site-packages without an interpreter around it
};

/// `path`, normalized: the folder of an environment, an interpreter in one, a prefix such as /usr,
/// or a site-packages folder. Errors name `subject` ("--env", "$VIRTUAL_ENV") and the remedy.
Result<LocatedEnvironment> locate_environment(const FileSystem& files, const std::string& path,
                                              const std::string& subject);

bool is_virtual_environment(const FileSystem& files, const std::string& folder);

}  // namespace headwater::environment
