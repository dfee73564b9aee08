#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "environment/distributions.h"

namespace headwater::environment {

bool is_conda_environment(const FileSystem& files, const std::string& prefix);

/// Adds what `conda-meta/*.json` below `prefix` says was installed into one of `site_folders` and
/// has no metadata of Python's own: a package of conda is a distribution all the same. Its
/// wholeness is unknown.
void add_conda_packages(const FileSystem& files, const std::string& prefix,
                        const std::vector<std::string>& site_folders,
                        InstalledDistributions& installed);

}  // namespace headwater::environment
