#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/file_facts.h"

namespace headwater::resolve {

/// Modules that a module, of these facts and this text, may load when it is asked for `name`, which
/// none of its statements binds: what it imports as that name for type checkers or in its
/// functions, and what its tables of strings have beside the name: `{"name": ".module"}`,
/// `{"module":
/// ["name"]}`. `package`: its `__package__`. Gives absolute dotted names, of which not all need to
/// be there. Whether anything reads the tables is not looked at.
std::vector<std::string> loaded_on_demand(const FileFacts& facts, std::string_view text,
                                          std::string_view package, std::string_view name);

/// The `__package__` of a module; empty at the top level.
std::string package_of(std::string_view module, bool is_package);

}  // namespace headwater::resolve
