#include "resolve/symbols.h"

#include <algorithm>
#include <array>

namespace headwater::resolve {
namespace {

constexpr DynamicMarkers kDynamicNames = kDynamicGlobals | kDynamicVars | kDynamicLocals |
                                         kDynamicSetattr | kDynamicExec | kDynamicDict |
                                         kDynamicSysModules;

bool is_implicit(const Node& module, std::string_view name) {
  constexpr std::array<std::string_view, 10> kImplicit = {
      "__annotations__", "__builtins__", "__cached__", "__dict__",    "__doc__",
      "__file__",        "__loader__",   "__name__",   "__package__", "__spec__"};
  return std::ranges::find(kImplicit, name) != kImplicit.end() ||
         (name == "__path__" && module.is_package) || name == "__class__";
}

}  // namespace

Symbols::Symbols(const World& world) : world_(world), bound_(world.tree.files.size()) {}

Symbols::~Symbols() {
  for (auto& names : bound_) delete names.load();
}

const Symbols::Names& Symbols::bound(uint32_t file) const {
  if (const Names* known = bound_[file].load(std::memory_order_acquire)) return *known;
  const FileFacts& facts = world_.scanned.facts[file];
  auto names = std::make_unique<Names>();
  names->reserve(facts.name_states().size());
  for (uint32_t i = 0; i < facts.name_states().size(); ++i) {
    const NameState state = facts.name_states()[i];
    if (state == NameState::kAlways || state == NameState::kMaybe) names->push_back(NameId{i});
  }
  // A function that declares the name global binds it when it is called, which may be any time.
  for (const Binding& binding : facts.bindings()) {
    if (binding.kind == BindingKind::kGlobal) names->push_back(binding.name);
  }
  std::ranges::sort(*names, {}, [&](NameId id) { return facts.name(id); });
  const Names* expected = nullptr;
  if (bound_[file].compare_exchange_strong(expected, names.get(), std::memory_order_acq_rel)) {
    return *names.release();
  }
  return *expected;
}

bool Symbols::binds(uint32_t file, std::string_view name) const {
  const FileFacts& facts = world_.scanned.facts[file];
  const auto text = [&](NameId id) { return facts.name(id); };
  return std::ranges::binary_search(bound(file), name, {}, text);
}

Presence Symbols::of(const Node& module, std::string_view name) const {
  if (is_implicit(module, name)) return Presence::kPresent;
  Visited visited;
  const Presence presence = attribute(module, name, visited);
  if (presence == Presence::kPresent || !module.is_package) return presence;
  if (world_.finder.submodule(module, name).state != NodeState::kMissing) {
    return Presence::kPresent;
  }
  if (presence == Presence::kUnknown || world_.may_have_hidden_submodules(module)) {
    return Presence::kUnknown;
  }
  return Presence::kAbsent;
}

Presence Symbols::attribute(const Node& module, std::string_view name, Visited& visited) const {
  if (module.kind == ModuleKind::kNamespacePackage) return Presence::kAbsent;
  const uint32_t file = module.file_id;
  if (module.state != NodeState::kFound || file == UINT32_MAX || !world_.scanned.was_read[file]) {
    return Presence::kUnknown;
  }
  const FileFacts& facts = world_.scanned.facts[file];
  if (!facts.syntax_faults().empty()) return Presence::kUnknown;
  if (binds(file, name)) return Presence::kPresent;
  if (std::ranges::find(visited, file) != visited.end()) return Presence::kAbsent;
  visited.push_back(file);
  if (facts.has_getattr || (facts.dynamic_markers & kDynamicNames)) return Presence::kUnknown;
  Presence presence = Presence::kAbsent;
  for (const StarImport& star : facts.stars()) {
    const Presence served = through_star(file, star, name, visited);
    if (served == Presence::kPresent) return served;
    if (served == Presence::kUnknown) presence = served;
  }
  return presence;
}

Presence Symbols::through_star(uint32_t file, const StarImport& star, std::string_view name,
                               Visited& visited) const {
  const FileFacts& facts = world_.scanned.facts[file];
  const AbsoluteName asked = world_.absolute_name(file, facts.imports()[star.import]);
  if (asked.state != AbsoluteName::State::kFormed) return Presence::kUnknown;
  const Node& source = *world_.find(file, asked.dotted).node;
  if (source.kind == ModuleKind::kNamespacePackage && source.state == NodeState::kFound) {
    return Presence::kUnknown;  // submodules that somebody imported
  }
  if (source.state != NodeState::kFound || source.file_id == UINT32_MAX) return Presence::kUnknown;
  const FileFacts& exporter = world_.scanned.facts[source.file_id];
  if (exporter.exports_state == ExportsState::kDynamic) return Presence::kUnknown;
  if (exporter.exports_state == ExportsState::kLiteral) {
    const bool listed = std::ranges::any_of(exporter.exports(),
                                            [&](NameId id) { return exporter.name(id) == name; });
    return listed ? Presence::kPresent : Presence::kAbsent;
  }
  if (name.starts_with('_')) return Presence::kAbsent;
  const Presence presence = attribute(source, name, visited);
  if (presence == Presence::kAbsent && source.is_package &&
      world_.finder.submodule(source, name).state != NodeState::kMissing) {
    return Presence::kUnknown;  // an attribute once anybody has imported it
  }
  return presence;
}

}  // namespace headwater::resolve
