#include "cli/cache_folder.h"

#include <cstdlib>

namespace headwater::cli {
namespace {

/// A relative path in these is to be ignored.
std::string absolute_path_in(const char* variable) {
  const char* const value = std::getenv(variable);
  return value != nullptr && *value == '/' ? std::string(value) : std::string();
}

}  // namespace

std::string cache_folder(const Options& options) {
  if (!options.cache_folder.empty()) return options.cache_folder;
  const std::string base = user_folder("XDG_CACHE_HOME", ".cache");
  return base.empty() ? base : base + "/headwater";
}

std::string user_folder(const char* variable, const char* folder) {
  const std::string base = absolute_path_in(variable);
  if (!base.empty()) return base;
  const std::string home = absolute_path_in("HOME");
  return home.empty() ? home : home + '/' + folder;
}

}  // namespace headwater::cli
