#pragma once

#include <string_view>
#include <vector>

namespace headwater {

/// The distributions that are known to provide the module `dotted`, the one to install first: those
/// that the table has for the longest part of it, else the one of its first part's very name that
/// others require. Only a guess: metadata of an environment or a lock file wins.
std::vector<std::string_view> known_distributions(std::string_view dotted);

/// The first of them; empty if none is known.
std::string_view known_distribution(std::string_view dotted);

/// The top-level names for which known_distribution() has one, but for those of other spellings.
const std::vector<std::string_view>& known_import_names();

/// The import names, some dotted, that the table has for a distribution, by its PEP 503 name.
const std::vector<std::string_view>& known_import_names(std::string_view normalized_name);

}  // namespace headwater
