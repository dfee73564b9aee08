#pragma once

#include <optional>

#include "model/file_facts.h"
#include "scan/python/binding_parser.h"
#include "scan/python/escape.h"
#include "scan/python/token_view.h"

namespace headwater::scan {

/// What a statement at module level raises that ends the module: `raise`, `sys.exit()` or its like.
/// What asks a test runner to skip the file is meant for a guard. `is_caught`: it raises what
/// a handler of ImportError around it has caught, by name.
std::optional<Raise> end_of_module(TokenView statement, const BindingParser& bindings,
                                   bool is_caught);

}  // namespace headwater::scan
