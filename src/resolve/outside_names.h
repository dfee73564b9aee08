#pragma once

#include <vector>

#include "resolve/file_resolver.h"

namespace headwater::resolve {

/// Withdraws the rows of symbols that a file other than the module's own may set on it, as in
/// `import m; m.X = ...`. Whether that file has run by then is not known. Reads the texts of the
/// few files that import a module of which a symbol is missing.
void withdraw_names_set_from_outside(const World& world, std::vector<FileRows>& rows);

}  // namespace headwater::resolve
