#include "cli/history_file.h"

#include "cli/cache_folder.h"
#include "pipeline/history.h"

namespace headwater::cli {

std::string history_file(const Options& options) {
  if (!options.history_file.empty()) return options.history_file;
  const std::string base = user_folder("XDG_STATE_HOME", ".local/state");
  return base.empty() ? base : base + "/headwater/" + pipeline::history_name(options.paths.front());
}

}  // namespace headwater::cli
