#pragma once

#include <string>
#include <vector>

namespace headwater::pipeline {

/// What variables of the process say of Python environments. An answer depends on all of it.
struct EnvironmentVariables {
  std::string virtual_env;   // $VIRTUAL_ENV, or empty
  std::string conda_prefix;  // $CONDA_PREFIX, or empty
  /// Where pipenv, virtualenvwrapper and poetry keep environments of this user. Absolute; some may
  /// not be there.
  std::vector<std::string> stores;
};

EnvironmentVariables environment_variables();

}  // namespace headwater::pipeline
