#pragma once

#include <string_view>

namespace headwater::walk {

/// Whether the file may say how the repository's code is run, PYTHONPATH above all: container
/// files, files of CI systems, of test runners and of make, files of environment variables.
/// `folder` is the one that holds it, relative to the audited one.
bool may_say_how_code_runs(std::string_view folder, std::string_view name);

}  // namespace headwater::walk
