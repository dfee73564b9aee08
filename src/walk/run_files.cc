#include "walk/run_files.h"

#include <algorithm>

#include "base/paths.h"

namespace headwater::walk {
namespace {

constexpr std::string_view kNames[] = {
    "Dockerfile",
    "Containerfile",
    "Makefile",
    "makefile",
    "GNUmakefile",
    "tox.ini",
    "pytest.ini",
    ".pytest.ini",
    "pytest.toml",
    ".pytest.toml",
    "setup.cfg",
    "pyproject.toml",
    ".env",
    ".gitlab-ci.yml",
    ".travis.yml",
    "azure-pipelines.yml",
    "Jenkinsfile",
    "Procfile",
    "bitbucket-pipelines.yml",
    ".cirrus.yml",
    "appveyor.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
    "compose.yml",
    "compose.yaml",
};

bool is_yaml(std::string_view name) { return name.ends_with(".yml") || name.ends_with(".yaml"); }

}  // namespace

bool may_say_how_code_runs(std::string_view folder, std::string_view name) {
  if (std::ranges::find(kNames, name) != std::end(kNames)) return true;
  if (name.starts_with("Dockerfile.") || name.starts_with("Containerfile.")) return true;
  if (name.ends_with(".Dockerfile") || name.ends_with(".dockerfile")) return true;
  if (!is_yaml(name)) return false;
  if (name.starts_with("docker-compose.") || name.starts_with("compose.")) return true;
  const bool is_workflow =
      file_name(folder) == "workflows" && file_name(parent_path(folder)) == ".github";
  return is_workflow || file_name(folder) == ".circleci" || file_name(folder) == ".gitlab";
}

}  // namespace headwater::walk
