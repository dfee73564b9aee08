#include "scan/python/module_state.h"

namespace headwater::scan {
namespace {

NameState after(const NameState* old, const Binding& binding) {
  const bool may_be_bound =
      old != nullptr && (*old == NameState::kAlways || *old == NameState::kMaybe);
  switch (binding.kind) {
    case BindingKind::kDeclared:
      return old != nullptr ? *old : NameState::kDeclared;
    case BindingKind::kDelete:
      return binding.conditional && old != nullptr ? NameState::kMaybe : NameState::kDeleted;
    case BindingKind::kExceptAs:  // unbound again at the handler's end
      return may_be_bound ? NameState::kMaybe : NameState::kDeleted;
    default:
      if (!binding.conditional) return NameState::kAlways;
      return old != nullptr && *old == NameState::kAlways ? NameState::kAlways : NameState::kMaybe;
  }
}

/// The same of a binding that never runs. What it would bind is told from what is no name at all.
NameState after_never(const NameState* old, const Binding& binding) {
  const bool binds = binding.kind != BindingKind::kDeclared &&
                     binding.kind != BindingKind::kDelete && binding.kind != BindingKind::kExceptAs;
  if (!binds) return after(old, binding);
  const bool may_be_bound =
      old != nullptr && (*old == NameState::kAlways || *old == NameState::kMaybe);
  return may_be_bound ? *old : NameState::kNever;
}

}  // namespace

void set_module_states(FactsBuilder& facts) {
  for (const auto& [offset, binding, never_runs] : facts.bindings) {
    const auto at = static_cast<uint32_t>(binding.name);
    const bool is_new = at >= facts.name_states.size() || facts.name_states[at] == NameState::kNone;
    const NameState* const old = is_new ? nullptr : &facts.name_states[at];
    facts.set_state(binding.name, never_runs ? after_never(old, binding) : after(old, binding));
  }
  for (uint32_t i = 0; i < facts.name_states.size(); ++i) {
    const NameState state = facts.name_states[i];
    const bool bound = state == NameState::kAlways || state == NameState::kMaybe;
    if (bound && facts.names[NameId{i}] == "__getattr__") facts.has_getattr = true;
  }
}

}  // namespace headwater::scan
