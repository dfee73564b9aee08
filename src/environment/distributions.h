#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "model/python_environment.h"

namespace headwater::environment {

struct InstalledDistributions {
  std::vector<Distribution> distributions;  // sorted by normalized name, one per name
  std::vector<std::string> notes;
};

/// The distributions that the folders hold, as importlib.metadata finds them: `*.dist-info`,
/// `*.egg-info`, `*.egg/EGG-INFO`, and what `*.egg-link` names. Of two with one name the one in
/// the earlier folder counts. Reads in parallel.
InstalledDistributions read_distributions(const FileSystem& files,
                                          const std::vector<std::string>& folders);

/// Sorted import names that a RECORD's paths begin with: packages and modules, no data folders.
std::vector<std::string> top_level_of_record(std::string_view record);

/// The folder that a direct_url.json says a distribution is edited in; empty if it is not editable,
/// lies elsewhere than on this disk, or cannot be read.
std::string editable_folder_of(std::string_view direct_url_json);

}  // namespace headwater::environment
