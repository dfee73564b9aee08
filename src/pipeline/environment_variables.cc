#include "pipeline/environment_variables.h"

#include <utility>

#include "base/paths.h"
#include "base/variables.h"

namespace headwater::pipeline {
namespace {

/// The folder that the variable names, or else `inner` below `outer`; empty if that is not known.
std::string folder_of(const char* name, const std::string& outer, const char* inner) {
  std::string named = folder_in(name);
  if (!named.empty()) return named;
  return outer.empty() ? "" : join_path(outer, inner);
}

}  // namespace

EnvironmentVariables environment_variables() {
  const std::string data = user_folder("XDG_DATA_HOME", ".local/share");
  const std::string cache = user_folder("XDG_CACHE_HOME", ".cache");
  const std::string home = folder_in("HOME");
  const std::string poetry = folder_of("POETRY_CACHE_DIR", cache, "pypoetry");
  std::vector<std::string> stores{folder_of("WORKON_HOME", data, "virtualenvs"),
                                  folder_of("POETRY_VIRTUALENVS_PATH", poetry, "virtualenvs"),
                                  home.empty() ? "" : join_path(home, ".virtualenvs")};
  std::erase(stores, "");
  return {variable("VIRTUAL_ENV"), variable("CONDA_PREFIX"), std::move(stores)};
}

}  // namespace headwater::pipeline
