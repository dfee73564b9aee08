#pragma once

#include <string_view>
#include <vector>

namespace headwater {

/// The distribution that is known to provide the top-level module `import_name`: one of the table,
/// else one of that very name that others require. Empty if none is known. Only a guess: metadata
/// of an environment or a lock file wins.
std::string_view known_distribution(std::string_view import_name);

/// The import names for which known_distribution() has one, but for those of other spellings.
const std::vector<std::string_view>& known_import_names();

/// All distributions that the table says provide the import name.
std::vector<std::string_view> known_distributions(std::string_view import_name);

/// The import names that the table has for a distribution, by its PEP 503 name.
std::vector<std::string_view> known_import_names(std::string_view normalized_name);

}  // namespace headwater
