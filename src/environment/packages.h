#pragma once

#include "base/file_system.h"
#include "environment/environment.h"
#include "environment/path_files.h"

namespace headwater::environment {

/// Reads the distributions that lie on `path` into `environment`, whose version, platform and
/// prefix are there already.
void read_packages(const FileSystem& files, const EnvironmentOptions& options, SitePath path,
                   PythonEnvironment& environment);

/// Whether none of the distributions is declared or provides what is imported; those that come with
/// an interpreter do not count.
bool serves_nothing(const EnvironmentOptions& options, const PythonEnvironment& environment);

}  // namespace headwater::environment
