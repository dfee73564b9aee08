#include "model/import_graph.h"

namespace headwater {
namespace {

HeldImportErrors held_of(const Import& import) {
  if ((import.guards & (kGuardTryImportError | kGuardSuppress)) == 0)
    return HeldImportErrors::kNone;
  if (import.handler_ends) {
    return import.handler_keeps_others ? HeldImportErrors::kOthers : HeldImportErrors::kNone;
  }
  return import.guards & kGuardMissingModuleOnly ? HeldImportErrors::kMissing
                                                 : HeldImportErrors::kAll;
}

}  // namespace

EdgeKind edge_kind(const Import& import, bool is_entry) {
  if (import.guards & kGuardTypeChecking) return EdgeClass::kTyping;
  if (import.never_runs) return EdgeClass::kNever;
  if (import.scope == Scope::kFunction || import.is_lazy) return EdgeClass::kCall;
  if (import.only_as_script && !is_entry) return EdgeClass::kScript;
  const Guard guard{held_of(import), import.caught_besides, import.handler_raises};
  if (guard.held != HeldImportErrors::kNone) return {EdgeClass::kImport, guard};
  if (import.is_probed) return {EdgeClass::kImport, Guard{HeldImportErrors::kAll}};
  if (import.guards & kGuardExcept) return EdgeClass::kFallback;
  if (import.guards & kGuardElse) return EdgeClass::kElse;
  if (import.guards & kGuardConditional) return EdgeClass::kConditional;
  return {EdgeClass::kImport, guard};
}

}  // namespace headwater
