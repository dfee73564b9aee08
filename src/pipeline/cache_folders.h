#pragma once

#include <string>

#include "base/paths.h"

/// What lies where in the folder of the cache.
namespace headwater::pipeline {

inline std::string facts_folder(const std::string& cache) { return join_path(cache, "facts"); }
inline std::string snapshots_folder(const std::string& cache) {
  return join_path(cache, "snapshots");
}
inline std::string worlds_folder(const std::string& cache) { return join_path(cache, "worlds"); }

}  // namespace headwater::pipeline
