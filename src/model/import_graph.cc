#include "model/import_graph.h"

namespace headwater {

EdgeClass edge_class(const Import& import, bool is_entry) {
  if (import.guards & kGuardTypeChecking) return EdgeClass::kTyping;
  if (import.never_runs) return EdgeClass::kNever;
  if (import.scope == Scope::kFunction || import.is_lazy) return EdgeClass::kCall;
  if (import.only_as_script && !is_entry) return EdgeClass::kScript;
  if (import.guards & kGuardMissingModuleOnly) return EdgeClass::kGuardedMissing;
  const bool is_guarded = (import.guards & (kGuardTryImportError | kGuardSuppress)) != 0;
  if (is_guarded && !import.handler_ends) return EdgeClass::kGuarded;
  if (import.is_probed) return EdgeClass::kGuarded;
  if (import.guards & kGuardExcept) return EdgeClass::kFallback;
  if (import.guards & kGuardElse) return EdgeClass::kElse;
  if (import.guards & kGuardConditional) return EdgeClass::kConditional;
  return EdgeClass::kImport;
}

}  // namespace headwater
