#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace headwater::project {

/// A folder of a container that holds what a folder of the repository holds.
struct ContainerFolder {
  std::string inside;   // absolute, in the container
  std::string outside;  // relative to the tree
  std::string context;  // relative to the tree: the folder that is built or run with it
};

/// PYTHONPATH as a container file sets it.
struct ContainerPythonPath {
  std::string value;
  std::string working_folder;  // in the container; empty: the image's own
  uint32_t line = 0;
};

struct ContainerFile {
  std::vector<ContainerFolder> folders;
  std::vector<ContainerPythonPath> python_path;
};

/// Reads a Dockerfile (`file`, relative to the tree) as far as it is literal: ARG and ENV with
/// values, WORKDIR, COPY and ADD, stages. What is copied is looked for below the file's own folder
/// and below the tree: either may be what the image is built with.
ContainerFile read_container_file(const FileSystem& files, const std::string& tree_root,
                                  const std::string& file, std::string_view text);

/// The same of one that is built with this folder, relative to the tree.
ContainerFile read_container_file_in(const FileSystem& files, const std::string& tree_root,
                                     const std::string& context, std::string_view text);

/// What a compose file builds an image of; paths relative to the tree.
struct ContainerBuild {
  std::string context;
  std::string file;
};

/// `build: ./web`, or `build:` with `context:` and `dockerfile:` below it or in braces.
std::vector<ContainerBuild> read_builds(const std::string& file, std::string_view text);

/// The volumes of a compose file: `- ./src:/app/src`.
std::vector<ContainerFolder> read_volumes(const std::string& file, std::string_view text);

/// The folders of the repository that `path`, absolute in the container, shows; relative to the
/// tree, as `outside`.
std::vector<ContainerFolder> shown_at(const std::vector<ContainerFolder>& folders,
                                      std::string_view path);

}  // namespace headwater::project
