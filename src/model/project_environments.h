#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/python_environment.h"

namespace headwater {

/// An environment that lies in a folder of the tree and serves the files below it.
struct ProjectEnvironment {
  std::string folder;  // relative to the tree, never ""
  PythonEnvironment environment;
};

/// Those of an audit besides its main one, by folder.
using ProjectEnvironments = std::vector<ProjectEnvironment>;

/// By which environment the file or folder `path` (relative to the tree) is judged, the nearest
/// upward: 0 for the main one, else one more than an index into `all`.
uint32_t environment_of(const ProjectEnvironments& all, std::string_view path);

}  // namespace headwater
