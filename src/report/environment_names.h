#pragma once

#include <string_view>

#include "model/python_environment.h"

namespace headwater::report {

constexpr std::string_view name_of(EnvironmentSource source) {
  constexpr std::string_view kNames[] = {"none",
                                         "option",
                                         "virtual-env-variable",
                                         "nearest-folder",
                                         "standard-library-only",
                                         "conda-variable",
                                         "lock-files"};
  return kNames[static_cast<size_t>(source)];
}

constexpr std::string_view name_of(SearchPathKind kind) {
  constexpr std::string_view kNames[] = {"standard-library", "extension-modules", "site-packages",
                                         "path-line"};
  return kNames[static_cast<size_t>(kind)];
}

constexpr std::string_view name_of(Installer installer) {
  constexpr std::string_view kNames[] = {"pip", "uv pip", "uv", "poetry", "pdm"};
  return kNames[static_cast<size_t>(installer)];
}

constexpr std::string_view name_of(Wholeness wholeness) {
  constexpr std::string_view kNames[] = {"unknown", "whole", "modified", "damaged"};
  return kNames[static_cast<size_t>(wholeness)];
}

}  // namespace headwater::report
