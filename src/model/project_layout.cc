#include "model/project_layout.h"

#include <algorithm>

#include "base/paths.h"

namespace headwater {

uint32_t project_of(const ProjectLayout& layout, std::string_view file) {
  const auto folder_of = [](const Project& project) -> std::string_view { return project.folder; };
  for (std::string_view folder = parent_path(file);; folder = parent_path(folder)) {
    const auto found = std::ranges::lower_bound(layout.projects, folder, {}, folder_of);
    if (found != layout.projects.end() && found->folder == folder) {
      return static_cast<uint32_t>(found - layout.projects.begin());
    }
    if (folder.empty()) return 0;  // the repository itself is always there
  }
}

}  // namespace headwater
