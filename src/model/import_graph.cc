#include "model/import_graph.h"

namespace headwater {
namespace {

EdgeClass guarded(const Import& import) {
  if (import.handler_ends) return EdgeClass::kGuardedOthers;
  if (import.guards & kGuardMissingModuleOnly) return EdgeClass::kGuardedMissing;
  const RaisedKind caught = import.guards_catch;
  if (caught == RaisedKind::kExit) return EdgeClass::kGuardedFully;
  return caught == RaisedKind::kException ? EdgeClass::kGuardedBroadly : EdgeClass::kGuarded;
}

EdgeClass unguarded(RaisedKind raised) {
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
  return unguarded(import.handler_raises);
}

}  // namespace headwater
