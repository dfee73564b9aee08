#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/python_environment.h"

namespace headwater::environment {

inline constexpr PythonVersion kOldestKnownVersion{3, 9};
inline constexpr PythonVersion kNewestKnownVersion{3, 14};

/// The version whose table serves `version`: itself, or the nearest that is known.
PythonVersion nearest_known_version(PythonVersion version);

/// Names, built-in names and what cannot be shadowed, without folders. A module that only some
/// builds have built in counts when `extension_files`, the names in the installation's
/// `lib-dynload`, lacks it; without an installation it does not count.
StandardLibrary standard_library_table(PythonVersion version, bool has_installation = false,
                                       const std::unordered_set<std::string>& extension_files = {});

/// All names of a standard library module whose source does not tell them: one that is built in, an
/// extension module, or one that fills its namespace while it runs. None where no interpreter of
/// the version was asked. On Linux; elsewhere some names differ.
std::optional<std::vector<std::string>> standard_library_module_names(PythonVersion version,
                                                                      std::string_view module);

}  // namespace headwater::environment
