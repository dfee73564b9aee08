#include "model/project_environments.h"

#include <algorithm>

#include "base/paths.h"

namespace headwater {

uint32_t environment_of(const ProjectEnvironments& all, std::string_view path) {
  if (all.empty()) return 0;
  for (std::string_view folder = path; !folder.empty(); folder = parent_path(folder)) {
    const auto found = std::ranges::lower_bound(all, folder, {}, &ProjectEnvironment::folder);
    if (found != all.end() && found->folder == folder) {
      return static_cast<uint32_t>(found - all.begin()) + 1;
    }
  }
  return 0;
}

}  // namespace headwater
