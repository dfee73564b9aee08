#pragma once

#include "model/file_facts.h"
#include "scan/python/token_view.h"

namespace headwater::scan {

/// True for `import`, `from`, and PEP 810's `lazy import` and `lazy from`.
bool is_import_statement(TokenView statement);

/// Appends the imports of one statement to `facts`. `where` gives offset, line, scope and guards.
/// False where the statement may not compile.
bool parse_import_statement(TokenView statement, Import where, FactsBuilder& facts);

}  // namespace headwater::scan
