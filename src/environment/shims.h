#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"

namespace headwater::environment {

bool is_shim(std::string_view path);

/// The prefix that a shim of pyenv, asdf or mise would run in: the first of the versions that the
/// nearest `.python-version` or `.tool-versions` from `folders` (nearest first) names, else the one
/// that is set for all of the machine. Errors name `subject` and what is missing.
Result<std::string> prefix_of_shim(const FileSystem& files, const std::string& shim,
                                   const std::vector<std::string>& folders,
                                   const std::string& subject);

}  // namespace headwater::environment
