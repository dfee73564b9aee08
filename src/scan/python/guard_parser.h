#pragma once

#include "model/file_facts.h"
#include "scan/python/token_view.h"

namespace headwater::scan {

/// What an `if` or `elif` adds to the guards of its body and of the clauses after it.
struct BranchGuards {
  Guards body;
  Guards orelse;
};
BranchGuards branch_guards(TokenView test);

/// Whether a handler for `type` (the tokens between `except` and the colon) catches ImportError.
bool catches_import_error(TokenView type);

/// Whether one of a `with` statement's items is `suppress(...)` of ImportError or a base of it.
bool suppresses_import_error(TokenView items);

}  // namespace headwater::scan
