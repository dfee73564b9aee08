#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headwater {

/// A folder on the search path of some files, besides the roots and the environment.
struct EntryFolder {
  std::string path;  // absolute, normalized
  std::string why;   // "pytest: first folder upward without __init__.py", "sys.path, line 7"
  friend bool operator==(const EntryFolder&, const EntryFolder&) = default;
};

/// What a file's own way of being run does to its search path.
struct EntryPath {
  std::vector<EntryFolder> front;  // before the roots, in search order
  std::vector<EntryFolder> back;   // after the environment, in search order: they never hide
  /// Folders that are on the path only if somebody else has put them there: what only they have is
  /// unknown, not missing.
  std::vector<EntryFolder> doubtful;
  /// Where some edit of sys.path could not be read, so that what is not found is unknown: "line 7".
  /// Else empty.
  std::string open_because;
  /// pytest's importlib mode does not put the folder of a test on the path: a root that is one by
  /// its layout alone is none for the test. Relative to the tree.
  std::optional<std::string> no_root;
  friend bool operator==(const EntryPath&, const EntryPath&) = default;
};

/// A folder that PYTHONPATH has for some files, where a file of the repository writes it down.
struct WrittenFolder {
  EntryFolder folder;  // `why`: "PYTHONPATH: Dockerfile:4"
  std::string scope;   // relative to the tree: for the files in it
  friend bool operator==(const WrittenFolder&, const WrittenFolder&) = default;
};

/// The search paths of the files of a tree.
struct EntryPaths {
  std::vector<EntryPath> paths;   // distinct; the first is empty
  std::vector<uint32_t> of_file;  // by FileId: into `paths`
  /// By FileId: whether pytest collects it, by its configuration for the file's folder.
  std::vector<bool> is_test;
  /// By file that writes it and line; each is also in `back` of the files that it is for.
  std::vector<WrittenFolder> python_path;
  /// As EntryPath::doubtful, of all files: what any file adds to its own search path.
  std::vector<EntryFolder> doubtful_everywhere;
  std::vector<std::string> notes;
};

}  // namespace headwater
