#pragma once

#include <string_view>

namespace headwater::findings {

/// The distribution that is known to provide the top-level module `import_name` under another name;
/// empty if none is known. Only a guess: metadata of an environment or a lock file wins.
std::string_view known_distribution(std::string_view import_name);

}  // namespace headwater::findings
