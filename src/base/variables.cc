#include "base/variables.h"

#include <cstdlib>

#include "base/paths.h"

namespace headwater {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string folder_in(const char* name) {
  std::string value = variable(name);
  return value.starts_with('/') ? value : "";
}

std::string user_folder(const char* variable, const char* inner) {
  std::string named = folder_in(variable);
  if (!named.empty()) return named;
  const std::string home = folder_in("HOME");
  return home.empty() ? home : join_path(home, inner);
}

}  // namespace headwater
