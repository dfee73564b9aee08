#include "pipeline/environment_variables.h"

#include <cstdlib>

#include "base/paths.h"

namespace headwater::pipeline {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// The folder that the variable names, or else `inner` below `outer`; empty if that is not known.
std::string folder_of(const char* name, const std::string& outer, const char* inner) {
  const std::string named = variable(name);
  if (named.starts_with('/')) return named;
  return outer.empty() ? "" : join_path(outer, inner);
}

}  // namespace

EnvironmentVariables environment_variables() {
  EnvironmentVariables made{variable("VIRTUAL_ENV"), variable("CONDA_PREFIX"), {}};
  const std::string named_home = variable("HOME");
  const std::string home = named_home.starts_with('/') ? named_home : "";
  const std::string data = folder_of("XDG_DATA_HOME", home, ".local/share");
  const std::string cache = folder_of("XDG_CACHE_HOME", home, ".cache");
  const std::string poetry = folder_of("POETRY_CACHE_DIR", cache, "pypoetry");
  made.stores = {folder_of("WORKON_HOME", data, "virtualenvs"),
                 folder_of("POETRY_VIRTUALENVS_PATH", poetry, "virtualenvs")};
  if (!home.empty()) made.stores.push_back(join_path(home, ".virtualenvs"));
  std::erase(made.stores, "");
  return made;
}

}  // namespace headwater::pipeline
