#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/file_system.h"
#include "environment/wheel_tags.h"
#include "model/python_environment.h"

namespace headwater::environment {

struct ReadOptions {
  BuildTarget target{};
  /// Top-level names that the audit imports: only the distributions that provide one of them and
  /// what these require, for extras too, are compared with the disk, which costs a status call for
  /// each file. None: all are.
  std::optional<std::unordered_set<std::string>> imported{};
};

struct InstalledDistributions {
  std::vector<Distribution> distributions;  // sorted by normalized name, one per name
  std::vector<std::string> notes;
};

/// The distributions that the folders hold, as importlib.metadata finds them: `*.dist-info`,
/// `*.egg-info`, `*.egg/EGG-INFO`, and what `*.egg-link` names. Of two with one name the one in
/// the earlier folder counts; in one folder, the one whose recorded files are there, then the
/// later by name. Reads in parallel, and compares what they recorded with the disk.
InstalledDistributions read_distributions(const FileSystem& files,
                                          const std::vector<std::string>& folders,
                                          const ReadOptions& options);

/// The Python that most WHEEL files in `folders` were built for; 0.0 if none says so.
PythonVersion version_by_wheels(const FileSystem& files, const std::vector<std::string>& folders);

/// The folder that a direct_url.json says a distribution is edited in; empty if it is not editable,
/// lies elsewhere than on this disk, or cannot be read.
std::string editable_folder_of(std::string_view direct_url_json);

}  // namespace headwater::environment
