#include "environment/discovery.h"

#include <algorithm>

#include "base/paths.h"
#include "base/text.h"
#include "environment/conda.h"
#include "environment/kept_elsewhere.h"
#include "environment/locate.h"
#include "environment/stdlib_tables.h"
#include "model/requirement.h"

namespace headwater::environment {

std::string absolute_path(const FileSystem& files, const std::string& path) {
  if (path.starts_with('/')) return normalize_path(path);
  const auto here = files.real_path(".");
  return normalize_path(here ? join_path(*here, path) : path);
}

std::vector<std::string> levels(const EnvironmentOptions& options) {
  std::vector<std::string> folders;
  for (std::string folder = options.audited_folder; !folder.empty(); folder = parent_path(folder)) {
    folders.push_back(folder);
    if (folder == options.repository_root || folder == "/" ||
        !is_within(folder, options.repository_root)) {
      break;
    }
  }
  return folders;
}

ChosenVersion version_without_environment(const FileSystem& files,
                                          const EnvironmentOptions& options) {
  if (options.python_version) return {*options.python_version, "given"};
  for (const std::string& folder : levels(options)) {
    const auto text = files.read(join_path(folder, ".python-version"));
    if (!text) continue;
    for (const std::string_view line : split_lines(*text)) {
      if (const auto version = parse_python_version(line)) return {*version, "of .python-version"};
    }
  }
  std::vector<PythonVersion> known;
  for (int minor = kOldestKnownVersion.minor; minor <= kNewestKnownVersion.minor; ++minor) {
    known.push_back({kNewestKnownVersion.major, minor});
  }
  if (const auto newest = newest_admitted(options.requires_python, known)) {
    return {*newest, "newest that requires-python admits", true};
  }
  return {kNewestKnownVersion, "newest known", true};
}

std::vector<FoundEnvironment> find_environments(const FileSystem& files,
                                                const EnvironmentOptions& options) {
  const auto why = [&](const std::string& level) -> std::string {
    if (files.is_file(join_path(level, "pyproject.toml"))) return "beside pyproject.toml";
    return level == options.audited_folder ? "in the audited folder" : "above the audited folder";
  };
  std::vector<FoundEnvironment> found;
  const auto add = [&](const std::string& folder, const std::string& level) {
    const bool is_known = std::any_of(found.begin(), found.end(),
                                      [&](const auto& known) { return known.folder == folder; });
    if (is_known || !is_virtual_environment(files, folder)) return;
    found.push_back({folder, why(level), EnvironmentSource::kNearestFolder});
  };
  const std::vector<std::string> all_levels = levels(options);
  for (const std::string& level : all_levels) {
    for (const char* name : {".venv", "venv"}) add(join_path(level, name), level);
  }
  for (const std::string& level : all_levels) {
    for (const std::string& other : options.environments_found) {
      const std::string folder = join_path(options.audited_folder, other);
      if (parent_path(folder) == level) add(folder, level);
    }
  }
  if (found.empty()) found = kept_elsewhere(files, options);
  const std::string& conda = options.conda_prefix;
  if (!conda.empty() && is_conda_environment(files, absolute_path(files, conda))) {
    found.push_back(
        {absolute_path(files, conda), "from $CONDA_PREFIX", EnvironmentSource::kCondaVariable});
  }
  return found;
}

}  // namespace headwater::environment
