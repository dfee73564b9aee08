#pragma once

#include <string>
#include <string_view>

#include "findings/world.h"

namespace headwater::findings {

/// The file, relative to the repository, that would be the module `dotted` if this Python loaded
/// it: a compiled one of another version or platform (PEP 3149). Empty if there is none. To be
/// asked of a module that is not found.
std::string foreign_extension(const World& world, std::string_view dotted);

}  // namespace headwater::findings
