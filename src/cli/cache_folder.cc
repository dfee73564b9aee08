#include "cli/cache_folder.h"

#include "base/variables.h"

namespace headwater::cli {

std::string cache_folder(const Options& options) {
  if (!options.cache_folder.empty()) return options.cache_folder;
  const std::string base = user_folder("XDG_CACHE_HOME", ".cache");
  return base.empty() ? base : base + "/headwater";
}

}  // namespace headwater::cli
