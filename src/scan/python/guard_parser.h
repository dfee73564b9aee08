#pragma once

#include "model/file_facts.h"
#include "scan/python/condition_parser.h"

namespace headwater::scan {

/// What an `if` or `elif` adds to the guards of its body and of the clauses after it.
struct BranchGuards {
  Guards body;
  Guards orelse;
  Branch body_runs{};
  Branch orelse_runs{};
};
BranchGuards branch_guards(TokenView test);

/// What is caught of the errors of an import: ascending.
enum class Catches : uint8_t { kNothing, kMissingModule, kImportError, kException, kEverything };

/// Other classes that a handler names; the first ones derive from no Exception (SystemExit).
enum class NamedBesides : uint8_t { kNone, kExits, kExceptions };

struct HandledErrors {
  Catches most = Catches::kNothing;
  NamedBesides besides = NamedBesides::kNone;
};
/// What that comes to of errors that are no ImportErrors.
CaughtBesides besides_of(HandledErrors handled);

/// An item of a `with`, or what an `except` names, without the name that it is bound to.
TokenView without_as(TokenView item);

/// By a handler for `type` (the tokens between `except` and the colon).
HandledErrors handled_by(TokenView type);

/// By a `with` statement's items, where one is `suppress(...)`.
HandledErrors handled_by_with(TokenView items);

}  // namespace headwater::scan
