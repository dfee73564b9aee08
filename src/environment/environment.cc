#include "environment/environment.h"

#include "base/paths.h"
#include "environment/conda.h"
#include "environment/discovery.h"
#include "environment/distributions.h"
#include "environment/installation.h"
#include "environment/locate.h"
#include "environment/lock_files.h"
#include "environment/packages.h"
#include "environment/shims.h"
#include "environment/stdlib_tables.h"

namespace headwater::environment {
namespace {

std::string version_text(PythonVersion version) {
  return std::to_string(version.major) + '.' + std::to_string(version.minor);
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

/// Of folders of packages without an interpreter: what is given, then what a folder's name says,
/// then what most of the wheels there were built for.
ChosenVersion version_of_packages(const FileSystem& files, const std::vector<std::string>& folders,
                                  std::optional<PythonVersion> named,
                                  const EnvironmentOptions& options) {
  if (options.python_version) return {*options.python_version, "given"};
  if (named) return {*named, "of the folder's name"};
  const PythonVersion built_for = version_by_wheels(files, folders);
  if (built_for.major != 0) return {built_for, "of the wheels"};
  return version_without_environment(files, options);
}

void take_version(const ChosenVersion& chosen, PythonEnvironment& environment) {
  environment.version = chosen.version;
  environment.version_is_guess = chosen.is_guess;
}

PythonEnvironment read_package_folder(const FileSystem& files, const std::string& folder,
                                      const EnvironmentOptions& options) {
  PythonEnvironment environment;
  environment.prefix = folder;
  const auto named = version_in_name(file_name(parent_path(folder)));
  take_version(version_of_packages(files, {folder}, named, options), environment);
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
    take_version(version_without_environment(files, options), environment);
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
  const bool is_base =
      !located.virtual_environment && !is_conda_environment(files, environment.prefix);
  if (is_base && serves_nothing(options, environment)) {
    environment.is_bare = true;
    environment.notes.push_back(environment.prefix +
                                " is a bare Python with nothing that the repository needs: imports "
                                "of distributions are not judged by it");
  }
  return environment;
}

/// --site and --stdlib: the search path is what they say, in their order.
PythonEnvironment read_explicit(const FileSystem& files, const EnvironmentOptions& options) {
  PythonEnvironment environment;
  environment.source = EnvironmentSource::kOption;
  environment.why = "given by --site and --stdlib";
  Installation base;
  std::optional<PythonVersion> named;
  for (const std::string& folder : options.standard_library) {
    base.standard_library.push_back(folder);
    if (const auto version = version_in_name(file_name(folder))) named = version;
    read_extension_folder(files, folder, base);
  }
  take_version(version_of_packages(files, options.sites, named, options), environment);
  take_standard_library(&base, environment);
  SitePath path(files, environment.standard_library.folders);
  for (const std::string& site : options.sites) path.add_site(site);
  if (!options.sites.empty()) environment.prefix = options.sites.front();
  read_packages(files, options, std::move(path), environment);
  return environment;
}

PythonEnvironment without_packages(const FileSystem& files, const EnvironmentOptions& options,
                                   EnvironmentSource source, const std::string& reason) {
  PythonEnvironment environment;
  const ChosenVersion chosen = version_without_environment(files, options);
  environment.source = source;
  take_version(chosen, environment);
  environment.why = reason + "; version: " + chosen.why;
  take_standard_library(nullptr, environment);
  return environment;
}

Result<PythonEnvironment> read_from(const FileSystem& files, const EnvironmentOptions& options,
                                    const std::string& path, EnvironmentSource source,
                                    const std::string& subject, const std::string& why) {
  std::string prefix = path;
  std::string reason = why;
  if (is_shim(path)) {
    auto chosen = prefix_of_shim(files, path, levels(options), subject);
    if (!chosen) return tl::unexpected(chosen.error());
    prefix = *std::move(chosen);
    reason += ", a shim for " + prefix;
  }
  const auto located = locate_environment(files, prefix, subject);
  if (!located) return tl::unexpected(located.error());
  PythonEnvironment environment = read_located(files, *located, options);
  environment.source = source;
  environment.why = reason;
  if (environment.is_bare) environment.why += ", has nothing that the repository needs";
  return environment;
}

/// What $VIRTUAL_ENV names; else what lies nearest; else nothing but the standard library.
Result<PythonEnvironment> discover(const FileSystem& files, const EnvironmentOptions& options) {
  const std::vector<FoundEnvironment> found = find_environments(files, options);
  std::optional<PythonEnvironment> chosen;
  std::string stale;
  if (!options.virtual_env.empty()) {
    auto named =
        read_from(files, options, absolute_path(files, options.virtual_env),
                  EnvironmentSource::kVirtualEnvVariable, "$VIRTUAL_ENV", "from $VIRTUAL_ENV");
    if (named) {
      chosen = *std::move(named);
    } else {
      stale = "$VIRTUAL_ENV is passed over: " + named.error().detail;
    }
  }
  if (!chosen && !found.empty()) {
    const FoundEnvironment& nearest = found.front();
    auto read = read_from(files, options, nearest.folder, nearest.source, "the environment found",
                          nearest.why);
    if (!read) return read;
    chosen = *std::move(read);
  }
  if (!chosen) {
    chosen = without_packages(files, options, EnvironmentSource::kStandardLibraryOnly,
                              "no environment was found");
  }
  for (const FoundEnvironment& other : found) {
    if (other.folder == chosen->prefix) continue;
    chosen->alternatives.push_back(
        {other.folder, other.why + ", passed over for one " + chosen->why});
  }
  if (!stale.empty()) chosen->notes.insert(chosen->notes.begin(), stale);
  return *std::move(chosen);
}

Result<PythonEnvironment> read_by_options(const FileSystem& files,
                                          const EnvironmentOptions& options) {
  if (options.env == "none") {
    return without_packages(files, options, EnvironmentSource::kNone,
                            "no environment, as --env says");
  }
  if (options.env == "lock") {
    PythonEnvironment environment = read_lock_environment(files, options, levels(options));
    const ChosenVersion chosen = version_without_environment(files, options);
    take_version(chosen, environment);
    environment.why += "; version: " + chosen.why;
    take_standard_library(nullptr, environment);
    return environment;
  }
  if (!options.env.empty()) {
    return read_from(files, options, absolute_path(files, options.env), EnvironmentSource::kOption,
                     "--env", "given by --env");
  }
  if (!options.sites.empty() || !options.standard_library.empty()) {
    return read_explicit(files, options);
  }
  return discover(files, options);
}

}  // namespace

Result<PythonEnvironment> read_environment(const FileSystem& files,
                                           const EnvironmentOptions& options) {
  auto environment = read_by_options(files, options);
  if (!environment) return environment;
  const Installer installer = installer_of(files, levels(options));
  if (installer != Installer::kPip) environment->installer = installer;
  return environment;
}

}  // namespace headwater::environment
