#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

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

}  // namespace headwater::environment
