#include "environment/environment.h"

#include <algorithm>

#include "base/paths.h"
#include "base/text.h"
#include "environment/distributions.h"
#include "environment/installation.h"
#include "environment/locate.h"
#include "environment/path_files.h"
#include "environment/stdlib_tables.h"
#include "model/requirement.h"

namespace headwater::environment {
namespace {

std::string version_text(PythonVersion version) {
  return std::to_string(version.major) + '.' + std::to_string(version.minor);
}

/// A path of a command line or variable, which may be relative to the working folder.
std::string absolute_path(const FileSystem& files, const std::string& path) {
  if (path.starts_with('/')) return normalize_path(path);
  const auto here = files.real_path(".");
  return normalize_path(here ? join_path(*here, path) : path);
}

/// A version, and a clause that says where it comes from.
struct ChosenVersion {
  PythonVersion version;
  std::string why;
};

/// From a folder up to the repository, the nearest first.
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

/// The version to judge by where no interpreter says it.
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
    return {*newest, "newest that requires-python admits"};
  }
  return {kNewestKnownVersion, "newest known"};
}

void read_packages(const FileSystem& files, const EnvironmentOptions& options, SitePath path,
                   PythonEnvironment& environment) {
  std::vector<std::string> folders;
  for (const SearchPathEntry& entry : path.entries) folders.push_back(entry.path);
  ReadOptions read;
  read.target = {environment.version, environment.platform, environment.implementation};
  if (options.imported) read.imported = options.imported();
  InstalledDistributions installed = read_distributions(files, folders, read);
  environment.search_path = std::move(path.entries);
  environment.editable_modules = std::move(path.editable_modules);
  std::stable_sort(environment.editable_modules.begin(), environment.editable_modules.end(),
                   [](const EditableModule& left, const EditableModule& right) {
                     return left.name < right.name;
                   });
  environment.distributions = std::move(installed.distributions);
  auto& notes = environment.notes;
  notes.insert(notes.end(), path.notes.begin(), path.notes.end());
  notes.insert(notes.end(), installed.notes.begin(), installed.notes.end());
}

void take_standard_library(const Installation* base, PythonEnvironment& environment) {
  const bool has_library = base != nullptr && !base->standard_library.empty();
  environment.standard_library =
      has_library ? standard_library_table(environment.version, true, base->extension_names)
                  : standard_library_table(environment.version);
  if (!has_library) return;
  environment.standard_library.folders = base->standard_library;
  environment.platform = base->platform;
  environment.implementation = base->implementation;
}

PythonEnvironment read_package_folder(const FileSystem& files, const std::string& folder,
                                      const EnvironmentOptions& options) {
  PythonEnvironment environment;
  environment.prefix = folder;
  const auto named = version_in_name(file_name(parent_path(folder)));
  environment.version = named && !options.python_version
                            ? *named
                            : version_without_environment(files, options).version;
  take_standard_library(nullptr, environment);
  SitePath path(files, {});
  path.add_site(folder);
  read_packages(files, options, std::move(path), environment);
  return environment;
}

PythonEnvironment read_located(const FileSystem& files, const LocatedEnvironment& located,
                               const EnvironmentOptions& options) {
  if (located.is_package_folder) return read_package_folder(files, located.prefix, options);
  PythonEnvironment environment;
  environment.prefix = located.prefix;
  std::optional<Installation> base = located.installation;
  bool with_base_packages = false;
  if (located.virtual_environment) {
    VirtualEnvironmentFile configuration = *located.virtual_environment;
    if (!configuration.version && located.installation) {
      configuration.version = located.installation->version;
    }
    base = find_base_installation(files, located.prefix, configuration);
    with_base_packages = configuration.include_system_site_packages;
    if (configuration.made_by_uv) environment.installer = Installer::kUvPip;
    if (configuration.version) environment.version = *configuration.version;
    if (!base) {
      environment.notes.push_back(
          "the Python that " + located.prefix + " was made from is not on this disk (home = " +
          configuration.home + "): the standard library is known by its table only");
    }
  }
  if (base && environment.version.major == 0) environment.version = base->version;
  if (environment.version.major == 0 || options.python_version) {
    const PythonVersion found = environment.version;
    environment.version = version_without_environment(files, options).version;
    if (found.major != 0 && found != environment.version) {
      environment.notes.push_back("the environment is of Python " + version_text(found) +
                                  ", judged as " + version_text(environment.version) +
                                  " as --python-version says");
    }
  }
  take_standard_library(base ? &*base : nullptr, environment);
  SitePath path(files, environment.standard_library.folders);
  if (located.installation) {
    for (const std::string& site : located.installation->site_folders) path.add_site(site);
  }
  if (located.virtual_environment && with_base_packages && base) {
    for (const std::string& site : base->site_folders) path.add_site(site);
  }
  read_packages(files, options, std::move(path), environment);
  return environment;
}

/// --site and --stdlib: the search path is what they say, in their order.
PythonEnvironment read_explicit(const FileSystem& files, const EnvironmentOptions& options) {
  PythonEnvironment environment;
  environment.source = EnvironmentSource::kOption;
  environment.why = "given by --site and --stdlib";
  Installation base;
  environment.version = version_without_environment(files, options).version;
  for (const std::string& folder : options.standard_library) {
    base.standard_library.push_back(folder);
    const auto named = version_in_name(file_name(folder));
    if (named && !options.python_version) environment.version = *named;
    read_extension_folder(files, folder, base);
  }
  take_standard_library(&base, environment);
  SitePath path(files, environment.standard_library.folders);
  for (const std::string& site : options.sites) path.add_site(site);
  if (!options.sites.empty()) environment.prefix = options.sites.front();
  read_packages(files, options, std::move(path), environment);
  return environment;
}

/// Where an environment was found, and a clause that says so.
struct NearestEnvironment {
  std::string folder;
  std::string why;
};

std::optional<NearestEnvironment> nearest_environment(const FileSystem& files,
                                                      const EnvironmentOptions& options) {
  const auto why = [&](const std::string& level) -> std::string {
    if (files.is_file(join_path(level, "pyproject.toml"))) return "beside pyproject.toml";
    return level == options.audited_folder ? "in the audited folder" : "above the audited folder";
  };
  for (const std::string& level : levels(options)) {
    for (const char* name : {".venv", "venv"}) {
      const std::string folder = join_path(level, name);
      if (is_virtual_environment(files, folder)) return NearestEnvironment{folder, why(level)};
    }
  }
  for (const std::string& level : levels(options)) {
    for (const std::string& found : options.environments_found) {
      const std::string folder = join_path(options.audited_folder, found);
      if (parent_path(folder) == level && is_virtual_environment(files, folder)) {
        return NearestEnvironment{folder, why(level)};
      }
    }
  }
  return std::nullopt;
}

PythonEnvironment without_packages(const FileSystem& files, const EnvironmentOptions& options,
                                   EnvironmentSource source, const std::string& reason) {
  PythonEnvironment environment;
  const ChosenVersion chosen = version_without_environment(files, options);
  environment.source = source;
  environment.version = chosen.version;
  environment.why = reason + "; version: " + chosen.why;
  take_standard_library(nullptr, environment);
  return environment;
}

Result<PythonEnvironment> read_from(const FileSystem& files, const EnvironmentOptions& options,
                                    const std::string& path, EnvironmentSource source,
                                    const std::string& subject, const std::string& why) {
  const auto located = locate_environment(files, path, subject);
  if (!located) return tl::unexpected(located.error());
  PythonEnvironment environment = read_located(files, *located, options);
  environment.source = source;
  environment.why = why;
  return environment;
}

}  // namespace

Result<PythonEnvironment> read_environment(const FileSystem& files,
                                           const EnvironmentOptions& options) {
  if (options.env == "none") {
    return without_packages(files, options, EnvironmentSource::kNone,
                            "no environment, as --env says");
  }
  if (!options.env.empty()) {
    return read_from(files, options, absolute_path(files, options.env), EnvironmentSource::kOption,
                     "--env", "given by --env");
  }
  if (!options.sites.empty() || !options.standard_library.empty()) {
    return read_explicit(files, options);
  }
  std::string stale;
  if (!options.virtual_env.empty()) {
    auto found =
        read_from(files, options, absolute_path(files, options.virtual_env),
                  EnvironmentSource::kVirtualEnvVariable, "$VIRTUAL_ENV", "from $VIRTUAL_ENV");
    if (found) return found;
    stale = "$VIRTUAL_ENV is passed over: " + found.error().detail;
  }
  const auto nearest = nearest_environment(files, options);
  Result<PythonEnvironment> environment =
      nearest ? read_from(files, options, nearest->folder, EnvironmentSource::kNearestFolder,
                          "the environment found", nearest->why)
              : without_packages(files, options, EnvironmentSource::kStandardLibraryOnly,
                                 "no environment was found");
  if (environment && !stale.empty()) environment->notes.insert(environment->notes.begin(), stale);
  return environment;
}

}  // namespace headwater::environment
