#include "scan/python/module_state.h"

#include <vector>

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

}  // namespace

void set_module_states(FileFacts& facts) {
  constexpr uint32_t kAbsent = UINT32_MAX;
  std::vector<uint32_t> index(facts.names.size(), kAbsent);
  for (const Binding& binding : facts.bindings) {
    uint32_t& at = index[static_cast<uint32_t>(binding.name)];
    if (at == kAbsent) {
      at = static_cast<uint32_t>(facts.module_names.size());
      facts.module_names.push_back({binding.name, after(nullptr, binding)});
    } else {
      NameState& state = facts.module_names[at].state;
      state = after(&state, binding);
    }
  }
  for (const ModuleName& entry : facts.module_names) {
    const bool bound = entry.state == NameState::kAlways || entry.state == NameState::kMaybe;
    if (bound && facts.names[entry.name] == "__getattr__") facts.has_getattr = true;
  }
}

}  // namespace headwater::scan
