#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace headwater {

struct PythonVersion {
  int major = 0;
  int minor = 0;
  friend auto operator<=>(const PythonVersion&, const PythonVersion&) = default;
};

enum class SearchPathKind : uint8_t {
  kStandardLibrary,
  kExtensionModules,
  kSitePackages,
  kPathLine
};

struct SearchPathEntry {
  std::string path;  // absolute
  SearchPathKind kind;
};

/// Whether what a distribution installed is still there. kUnknown: nothing on the disk records it,
/// or it changed while it was read.
enum class Wholeness : uint8_t { kUnknown, kWhole, kModified, kDamaged };

/// What became of the files that a distribution recorded and that an import can need: `.py`, `.pyi`
/// and extension modules. Paths are relative to the distribution's site folder, sorted.
struct RecordedState {
  Wholeness wholeness = Wholeness::kUnknown;
  uint32_t needed = 0;                // recorded, without tests
  uint32_t gone_count = 0;            // of `needed`, those that are not on the disk
  std::vector<std::string> gone;      // tests included: an import may name one all the same
  std::vector<std::string> modified;  // another size than recorded, and no other distribution's
};

/// An installed distribution, as its `*.dist-info` or `*.egg-info` tells.
struct Distribution {
  std::string name;             // as its METADATA writes it
  std::string normalized_name;  // PEP 503
  std::string version;
  std::string metadata_path;  // absolute, the dist-info folder
  std::vector<std::string>
      top_level;         // import names, sorted; from Import-Name, top_level.txt or RECORD
  std::string evidence;  // which of those said so
  std::vector<std::string> requires_dist;      // normalized names of Requires-Dist, sorted, without
                                               // those that only an extra needs
  std::vector<std::string> optional_requires;  // those that only an extra needs, the same way
  bool has_entry_points = false;  // commands or plug-ins: of use though nobody imports it
  std::string editable_folder;    // absolute: the project of an editable install; else empty
  /// Dotted names of the packages and modules that it provides, sorted: `google.cloud.storage`
  /// where `google` and `google.cloud` are namespaces. By its metadata or RECORD, whatever the disk
  /// has.
  std::vector<std::string> modules;
  RecordedState files;
  std::string built_for;  // "CPython 3.9", "macOS": what its compiled modules need instead of this
                          // environment; empty if they fit or it is not known
  std::vector<std::string> unloadable{};  // those modules, relative to the site folder; sorted
  std::vector<std::string> duplicates;  // metadata_path of others of this name, which do not count

  /// Whether some of its modules are not there for this Python.
  bool lacks_modules() const { return files.gone_count != 0 || !unloadable.empty(); }
};

/// A module that an editable finder serves: setuptools' `__editable___*_finder.py` maps its name
/// to a place outside the search path.
struct EditableModule {
  std::string name;  // dotted
  std::string path;  // absolute: the package's folder, or a module's file without `.py`
};

/// One line of a `.pth` file and what it does at start-up.
struct PathLine {
  std::string file;  // absolute
  uint32_t line;     // 1-based
  std::string does;  // a clause: "adds /w/shop", "runs code that is not followed"
  bool is_followed = true;
};

/// An environment that was seen and not chosen.
struct AlternativeEnvironment {
  std::string path;  // absolute
  std::string why;   // a clause: what it is, and why another one came first
};

/// How an environment was chosen.
enum class EnvironmentSource : uint8_t {
  kNone,
  kOption,
  kVirtualEnvVariable,
  kNearestFolder,
  kStandardLibraryOnly,
  kCondaVariable,
  kLockFiles
};

/// What installs into the environment, by the files that it leaves.
enum class Installer : uint8_t {
  kPip,     // nothing says otherwise
  kUvPip,   // uv made the environment
  kUv,      // uv.lock
  kPoetry,  // poetry.lock
  kPdm,     // pdm.lock
};

/// The modules that come with an interpreter. The names from the table of `version` are known even
/// where no installation is on the disk.
struct StandardLibrary {
  std::vector<std::string> folders;               // absolute, in search order; empty: table only
  std::unordered_set<std::string> names;          // sys.stdlib_module_names: top-level names
  std::unordered_set<std::string> builtin_names;  // sys.builtin_module_names
  /// Dotted names of modules that are found before any folder is searched: start-up, built-in and
  /// frozen ones, rule 2 of the finder.
  std::unordered_set<std::string> unshadowable;
  /// Dotted names of those that are in sys.modules before the first import.
  std::unordered_set<std::string> startup;
  /// Top-level names that older versions have, with the Python 3 minor version that dropped them.
  std::unordered_map<std::string, int> removed;
  /// Those that only newer ones have, with the minor version that brought it.
  std::unordered_map<std::string, int> added;
};

/// A Python environment read from disk; nothing was run.
struct PythonEnvironment {
  EnvironmentSource source = EnvironmentSource::kNone;
  std::string prefix;  // absolute; empty without an environment
  std::string why;     // a clause for people: "beside pyproject.toml", "given by --env"
  PythonVersion version;
  bool version_is_guess = false;  // nothing names one Python: the newest that is admitted
  std::string platform;           // such as linux-x86_64; empty if unknown
  std::string implementation = "cpython";
  /// sys.platform there: "win32", "darwin" or "linux", which is taken where it is not known.
  std::string_view system_platform() const {
    if (platform.starts_with("windows")) return "win32";
    return platform.starts_with("macos") ? "darwin" : "linux";
  }
  Installer installer = Installer::kPip;
  std::vector<SearchPathEntry>
      search_path;  // site-packages and what .pth files add, in search order
  std::vector<Distribution> distributions;       // sorted by normalized name
  std::vector<EditableModule> editable_modules;  // sorted by name
  StandardLibrary standard_library;
  std::vector<PathLine> path_lines;  // by file and line, in the order of start-up
  /// Dotted names that `import` lines of .pth files import, sorted.
  std::vector<std::string> start_up_imports;
  /// Of them those of lines that are not followed: functions of theirs may run then, too.
  std::vector<std::string> start_up_callees;
  /// Top-level names that start-up code or zipped eggs may serve, sorted: they are never missing.
  std::vector<std::string> opaque_names;
  /// With --env lock: top-level names that a locked distribution provides, sorted.
  std::vector<std::string> locked_names;
  bool lock_is_complete = false;                     // what it does not have is not locked
  std::vector<AlternativeEnvironment> alternatives;  // in the order of discovery
  /// A base installation, no environment, that has none of what the repository needs: nobody
  /// installs there, and it says nothing of what is installed elsewhere.
  bool is_bare = false;
  std::vector<std::string>
      notes;  // lines that could not be used: `import` lines of .pth files, zipped eggs

  /// False: third-party verdicts are unknown.
  bool has_packages() const {
    return source != EnvironmentSource::kNone &&
           source != EnvironmentSource::kStandardLibraryOnly && !is_bare;
  }
  /// Whether a lock file, not the disk, says that the module is there.
  bool is_locked(std::string_view dotted) const {
    return std::binary_search(locked_names.begin(), locked_names.end(),
                              dotted.substr(0, dotted.find('.')));
  }
  /// Whether a module that is found nowhere may be there all the same once the interpreter runs.
  bool may_serve(std::string_view dotted) const {
    return std::binary_search(opaque_names.begin(), opaque_names.end(),
                              dotted.substr(0, dotted.find('.')));
  }
};

}  // namespace headwater
