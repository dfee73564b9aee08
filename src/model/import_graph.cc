#include "model/import_graph.h"

namespace headwater {
namespace {

/// Of a guard that holds some ImportErrors.
EdgeClass guarded(const Import& import) {
  const CaughtBesides besides = import.caught_besides;
  const bool is_plain =
      besides == CaughtBesides::kNothing && import.handler_raises == RaisedKind::kImportError;
  if (import.handler_ends) {
    return is_plain ? EdgeClass::kGuardedOthers : EdgeClass::kGuardedOthersAndMore;
  }
  if (import.guards & kGuardMissingModuleOnly) {
    return is_plain ? EdgeClass::kGuardedMissing : EdgeClass::kGuardedMissingAndMore;
  }
  if (besides == CaughtBesides::kAll) return EdgeClass::kGuardedFully;
  if (besides == CaughtBesides::kException) return EdgeClass::kGuardedBroadly;
  return besides == CaughtBesides::kNothing ? EdgeClass::kGuarded : EdgeClass::kGuardedAndMore;
}

EdgeClass unguarded(const Import& import) {
  const RaisedKind raised = import.handler_raises;
  if (import.caught_besides != CaughtBesides::kNothing) {
    return raised == RaisedKind::kImportError ? EdgeClass::kGuardedBesides
                                              : EdgeClass::kGuardedBesidesOrOther;
  }
  if (raised == RaisedKind::kAnotherImportError) return EdgeClass::kImportOrAnother;
  if (raised == RaisedKind::kExit) return EdgeClass::kImportOrExit;
  if (raised == RaisedKind::kNotKnown) return EdgeClass::kImportOrOther;
  return raised == RaisedKind::kException ? EdgeClass::kImportOrRaise : EdgeClass::kImport;
}

}  // namespace

EdgeClass edge_class(const Import& import, bool is_entry) {
  if (import.guards & kGuardTypeChecking) return EdgeClass::kTyping;
  if (import.never_runs) return EdgeClass::kNever;
  if (import.scope == Scope::kFunction || import.is_lazy) return EdgeClass::kCall;
  if (import.only_as_script && !is_entry) return EdgeClass::kScript;
  const bool is_guarded = (import.guards & (kGuardTryImportError | kGuardSuppress)) != 0;
  if (is_guarded && (!import.handler_ends || import.handler_keeps_others)) return guarded(import);
  if (import.is_probed) return EdgeClass::kGuarded;
  if (import.guards & kGuardExcept) return EdgeClass::kFallback;
  if (import.guards & kGuardElse) return EdgeClass::kElse;
  if (import.guards & kGuardConditional) return EdgeClass::kConditional;
  return unguarded(import);
}

}  // namespace headwater
