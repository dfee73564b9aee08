#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/file_system.h"
#include "model/python_environment.h"

namespace headwater::environment {

/// What `pyvenv.cfg` says (PEP 405; virtualenv and uv write `version_info` for `version`).
struct VirtualEnvironmentFile {
  std::string home;
  std::optional<PythonVersion> version;
  bool include_system_site_packages = false;
  bool made_by_uv = false;
};

/// Unknown lines are skipped, as CPython does.
VirtualEnvironmentFile parse_virtual_environment_file(std::string_view text);

/// A folder with `lib/python*`: a base installation, a virtual environment or a conda one.
struct Installation {
  std::string prefix;
  PythonVersion version;
  std::string implementation = "cpython";
  std::string platform;                       // from the names of extension modules, or empty
  std::vector<std::string> standard_library;  // existing folders; none in a virtual environment
  std::vector<std::string> site_folders;      // existing folders, in the order of site.py
  std::unordered_set<std::string> extension_names;  // modules in lib-dynload
};

/// The installation at `prefix`, of `version` where several lie there and it is given, else the
/// newest that has a standard library. None if there is no `lib/python*` of use.
std::optional<Installation> find_installation(const FileSystem& files, const std::string& prefix,
                                              std::optional<PythonVersion> version);

/// The installation that a virtual environment was made from. `home` is the folder of its
/// interpreter; CPython looks for the library upward from there, and from where links lead.
std::optional<Installation> find_base_installation(const FileSystem& files,
                                                   const std::string& prefix,
                                                   const VirtualEnvironmentFile& configuration);

/// Adds the names and the platform of the extension modules that lie in `folder`.
void read_extension_folder(const FileSystem& files, const std::string& folder,
                           Installation& installation);

/// The version in a folder's name such as `python3.11` or `pypy3.10`.
std::optional<PythonVersion> version_in_name(std::string_view name);

}  // namespace headwater::environment
