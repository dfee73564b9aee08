#include "environment/installation.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/paths.h"
#include "base/text.h"
#include "model/requirement.h"

namespace headwater::environment {
namespace {

/// `python3.11` and the like below a `lib` folder.
struct VersionFolder {
  std::string path;
  PythonVersion version;
  bool is_pypy = false;
  bool has_library = false;
  bool has_packages = false;
};

/// Debian keeps what it installs in `lib/python3/dist-packages` and leaves `site-packages` to
/// environments.
constexpr const char* kPackageFolders[] = {"site-packages", "dist-packages"};

std::vector<VersionFolder> version_folders(const FileSystem& files, const std::string& prefix) {
  std::vector<VersionFolder> found;
  // Fedora's platlibdir comes first, as in site.getsitepackages.
  for (const char* library : {"lib64", "lib"}) {
    const auto entries = files.list(join_path(prefix, library));
    if (!entries) continue;
    for (const DirectoryEntry& entry : *entries) {
      const auto version = version_in_name(entry.name);
      if (!version || entry.type == EntryType::kFile) continue;
      VersionFolder folder;
      folder.path = join_path(join_path(prefix, library), entry.name);
      folder.version = *version;
      folder.is_pypy = entry.name.starts_with("pypy");
      folder.has_library = files.is_file(join_path(folder.path, "os.py"));
      for (const char* name : kPackageFolders) {
        folder.has_packages |= files.is_folder(join_path(folder.path, name));
      }
      if (folder.has_library || folder.has_packages) found.push_back(std::move(folder));
    }
  }
  return found;
}

/// Without those that are another one through a link: a virtual environment's lib64.
void drop_same_folders(const FileSystem& files, std::vector<std::string>& folders) {
  std::set<std::string> seen;
  // The later spelling wins: it is `lib`, which is what sys.path shows.
  std::reverse(folders.begin(), folders.end());
  std::erase_if(folders, [&](const std::string& folder) {
    const auto real = files.real_path(folder);
    return !real || !seen.insert(*real).second;
  });
  std::reverse(folders.begin(), folders.end());
}

/// `linux-x86_64` from `_json.cpython-311-x86_64-linux-gnu.so`.
std::string platform_in_name(std::string_view extension_file) {
  if (extension_file.ends_with(".pyd")) return "windows";
  if (extension_file.ends_with("-darwin.so")) return "macos";
  const size_t linux_at = extension_file.find("-linux-");
  if (linux_at == std::string_view::npos) return {};
  const std::string_view head = extension_file.substr(0, linux_at);
  return "linux-" + std::string(head.substr(head.rfind('-') + 1));
}

std::optional<Installation> find_windows_installation(const FileSystem& files,
                                                      const std::string& prefix,
                                                      std::optional<PythonVersion> version) {
  const std::string library = join_path(prefix, "Lib");
  Installation installation;
  installation.prefix = prefix;
  installation.platform = "windows";
  if (version) installation.version = *version;
  if (files.is_file(join_path(library, "os.py"))) {
    installation.standard_library = {library};
    const std::string extensions = join_path(prefix, "DLLs");
    if (files.is_folder(extensions)) installation.standard_library.push_back(extensions);
    read_extension_folder(files, extensions, installation);
  }
  const std::string packages = join_path(library, "site-packages");
  if (files.is_folder(packages)) installation.site_folders = {packages};
  if (installation.standard_library.empty() && installation.site_folders.empty()) return {};
  return installation;
}

std::vector<std::string> site_folders(const FileSystem& files, const std::string& prefix,
                                      const std::vector<VersionFolder>& folders,
                                      const VersionFolder& chosen) {
  std::vector<std::string> sites;
  const auto add = [&](std::string path) {
    if (files.is_folder(path)) sites.push_back(std::move(path));
  };
  for (const VersionFolder& folder : folders) {
    if (folder.version == chosen.version && folder.is_pypy == chosen.is_pypy) {
      add(join_path(folder.path, "site-packages"));
    }
  }
  const std::string name(file_name(chosen.path));
  add(prefix + "/local/lib/" + name + "/dist-packages");
  add(prefix + "/lib/python3/dist-packages");
  add(prefix + "/lib/" + name + "/dist-packages");
  drop_same_folders(files, sites);
  return sites;
}

}  // namespace

void read_extension_folder(const FileSystem& files, const std::string& folder,
                           Installation& installation) {
  const auto entries = files.list(folder);
  if (!entries) return;
  for (const DirectoryEntry& entry : *entries) {
    if (!entry.name.ends_with(".so") && !entry.name.ends_with(".pyd")) continue;
    installation.extension_names.insert(entry.name.substr(0, entry.name.find('.')));
    // The least name decides, so that the order of the listing does not.
    const std::string platform = platform_in_name(entry.name);
    if (installation.platform.empty() || (!platform.empty() && platform < installation.platform)) {
      installation.platform = platform;
    }
  }
}

VirtualEnvironmentFile parse_virtual_environment_file(std::string_view text) {
  VirtualEnvironmentFile file;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (const std::string_view line : split_lines(text)) {
    const size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string key = lowered(trimmed(line.substr(0, equals)));
    const std::string_view value = trimmed(line.substr(equals + 1));
    if (key == "home") file.home = value;
    if (key == "version" || key == "version_info") file.version = parse_python_version(value);
    if (key == "uv") file.made_by_uv = true;
    if (key == "include-system-site-packages") {
      file.include_system_site_packages = lowered(value) == "true";
    }
  }
  return file;
}

std::optional<PythonVersion> version_in_name(std::string_view name) {
  for (const std::string_view prefix : {"python", "pypy"}) {
    if (!name.starts_with(prefix)) continue;
    const std::string_view rest = name.substr(prefix.size());
    // `python3.13t` is the free-threaded build; `python3` and `python3.11-config` are none.
    if (rest.find_first_not_of("0123456789.t") != std::string_view::npos) continue;
    return parse_python_version(rest);
  }
  return std::nullopt;
}

std::optional<Installation> find_installation(const FileSystem& files, const std::string& prefix,
                                              std::optional<PythonVersion> version) {
  std::vector<VersionFolder> folders = version_folders(files, prefix);
  const VersionFolder* chosen = nullptr;
  const auto rank = [&](const VersionFolder& folder) {
    return std::tuple(version && folder.version == *version, folder.has_library, folder.version,
                      !folder.is_pypy);
  };
  for (const VersionFolder& folder : folders) {
    if (chosen == nullptr || rank(folder) >= rank(*chosen)) chosen = &folder;
  }
  if (chosen == nullptr) return find_windows_installation(files, prefix, version);
  Installation installation;
  installation.prefix = prefix;
  installation.version = chosen->version;
  if (chosen->is_pypy) installation.implementation = "pypy";
  if (chosen->has_library) {
    installation.standard_library = {chosen->path};
    const std::string extensions = join_path(chosen->path, "lib-dynload");
    if (files.is_folder(extensions)) installation.standard_library.push_back(extensions);
    read_extension_folder(files, extensions, installation);
  }
  installation.site_folders = site_folders(files, prefix, folders, *chosen);
  return installation;
}

std::optional<Installation> find_base_installation(const FileSystem& files,
                                                   const std::string& prefix,
                                                   const VirtualEnvironmentFile& configuration) {
  std::vector<std::string> starts;
  if (!configuration.home.empty()) {
    const std::string home = normalize_path(join_path(prefix, configuration.home));
    starts.push_back(home);
    for (const char* name : {"python3", "python"}) {
      if (const auto real = files.real_path(join_path(home, name))) {
        starts.emplace_back(parent_path(*real));
      }
    }
  }
  for (const char* name : {"bin/python3", "bin/python"}) {
    if (const auto real = files.real_path(join_path(prefix, name))) {
      starts.emplace_back(parent_path(*real));
    }
  }
  for (const std::string& start : starts) {
    for (std::string folder = start; !folder.empty(); folder = parent_path(folder)) {
      if (folder != prefix) {
        auto found = find_installation(files, folder, configuration.version);
        const bool fits = found && !found->standard_library.empty() &&
                          (!configuration.version || found->platform == "windows" ||
                           found->version == *configuration.version);
        if (fits) return found;
      }
      if (folder == "/") break;
    }
  }
  return std::nullopt;
}

}  // namespace headwater::environment
