#include "model/generated_files.h"

#include <algorithm>
#include <string>

namespace headwater {

bool is_named_by_a_build(const ProjectLayout& layout, std::string_view file,
                         std::string_view module) {
  const auto names = [](const Project& project, std::string_view name) {
    return std::ranges::find(project.generated_modules, name) != project.generated_modules.end();
  };
  const size_t dot = module.rfind('.');
  if (dot != std::string_view::npos &&
      names(layout.projects[project_of(layout, file)], module.substr(dot))) {
    return true;
  }
  return std::ranges::any_of(layout.projects,
                             [&](const Project& project) { return names(project, module); });
}

bool is_generated(const ProjectLayout& layout, std::string_view file, std::string_view module) {
  if (module.ends_with("_pb2") || module.ends_with("_pb2_grpc")) return true;
  if (is_named_by_a_build(layout, file, module)) return true;
  std::string as_path(module);
  std::ranges::replace(as_path, '.', '/');
  return std::ranges::any_of(layout.projects, [&](const Project& project) {
    return std::ranges::any_of(project.generated_files, [&](std::string_view made) {
      if (!made.ends_with(".py") && !made.ends_with(".so")) return false;
      made.remove_suffix(3);
      return made == as_path || made.ends_with('/' + as_path);
    });
  });
}

}  // namespace headwater
