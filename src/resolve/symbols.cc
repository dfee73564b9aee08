#include "resolve/symbols.h"

#include <algorithm>
#include <array>

#include "base/paths.h"
#include "base/sort_distinct.h"
#include "model/library_names.h"
#include "resolve/branches.h"
#include "resolve/on_demand.h"
#include "resolve/texts.h"

namespace headwater::resolve {
namespace {

constexpr DynamicMarkers kDynamicNames = kDynamicGlobals | kDynamicVars | kDynamicLocals |
                                         kDynamicSetattr | kDynamicExec | kDynamicDict |
                                         kDynamicSysModules;

/// So many modules are followed from star to star; a longer chain leaves the name open. It bounds
/// the stack, as the search calls itself.
constexpr size_t kMostStars = 500;

bool is_implicit(const Node& module, std::string_view name) {
  constexpr std::array<std::string_view, 10> kImplicit = {
      "__annotations__", "__builtins__", "__cached__", "__dict__",    "__doc__",
      "__file__",        "__loader__",   "__name__",   "__package__", "__spec__"};
  return std::ranges::find(kImplicit, name) != kImplicit.end() ||
         (name == "__path__" && module.is_package) || name == "__class__";
}

std::vector<NameId> bound_names(const FileFacts& facts) {
  std::vector<NameId> names;
  names.reserve(facts.name_states().size());
  for (uint32_t i = 0; i < facts.name_states().size(); ++i) {
    const NameState state = facts.name_states()[i];
    if (state == NameState::kAlways || state == NameState::kMaybe) names.push_back(NameId{i});
  }
  // A function that declares the name global binds it when it is called, which may be any time.
  for (const Binding& binding : facts.bindings()) {
    if (binding.kind == BindingKind::kGlobal) names.push_back(binding.name);
  }
  std::ranges::sort(names, {}, [&](NameId id) { return facts.name(id); });
  return names;
}

}  // namespace

Symbols::Symbols(const World& world)
    : world_(world), bound_(world.tree.files.size()), holders_(world) {}

Symbols::~Symbols() {
  for (auto& names : bound_) delete names.load();
}

std::string Symbols::absolute_name(const Node& module, const FileFacts& facts,
                                   const Import& import) {
  std::string_view package = module.name;
  for (uint32_t dots = module.is_package ? 1 : 0; dots < import.level; ++dots) {
    const size_t dot = package.rfind('.');
    if (dot == std::string_view::npos) return {};
    package = package.substr(0, dot);
  }
  const std::string_view written = facts.name(import.module);
  if (import.level == 0) return std::string(written);
  std::string dotted(package);
  if (!written.empty()) dotted.append(1, '.').append(written);
  return dotted;
}

bool Symbols::Contents::binds(std::string_view name) const {
  return std::ranges::binary_search(*bound, name, {}, [&](NameId id) { return facts->name(id); });
}

Symbols::Contents Symbols::contents(const Node& module) const {
  if (module.state != NodeState::kFound) return {};
  const uint32_t file = module.file_id;
  if (file != UINT32_MAX) {
    world_.asked.note(file);
    const FileFacts& facts = world_.scanned.facts[file];
    const bool is_known = world_.scanned.was_read[file] && facts.syntax_faults().empty();
    return is_known ? Contents{&facts, &bound(file)} : Contents{};
  }
  if (!world_.scan || !module.file.ends_with(".py")) return {};
  const Foreign& outside = foreign(module.file);
  if (!outside.was_read || !outside.facts.syntax_faults().empty()) return {};
  return {&outside.facts, &outside.bound};
}

const Symbols::Names& Symbols::bound(uint32_t file) const {
  if (const Names* known = bound_[file].load(std::memory_order_acquire)) return *known;
  auto names = std::make_unique<Names>(bound_names(world_.scanned.facts[file]));
  const Names* expected = nullptr;
  if (bound_[file].compare_exchange_strong(expected, names.get(), std::memory_order_acq_rel)) {
    return *names.release();
  }
  return *expected;
}

const Symbols::Foreign& Symbols::foreign(const std::string& path) const {
  {
    decltype(foreign_)::const_accessor known;
    if (foreign_.find(known, path)) return *known->second;
  }
  auto made = std::make_unique<Foreign>();
  if (const auto text = world_.file_system.read(path)) {
    made->facts = world_.scan(*text);
    decide_branches(made->facts, world_.environment);
    made->bound = bound_names(made->facts);
    made->was_read = true;
  }
  decltype(foreign_)::accessor entry;
  if (foreign_.insert(entry, path)) entry->second = std::move(made);
  return *entry->second;
}

Presence Symbols::of(uint32_t file, const Node& module, std::string_view name,
                     const Node*& submodule) const {
  submodule = nullptr;
  if (is_implicit(module, name)) return Presence::kPresent;
  if (module.name == "__future__") return Presence::kPresent;  // the compiler judges it, PEP 236
  Visited visited;
  const Presence presence = attribute(file, module, name, visited);
  if (presence == Presence::kPresent) return presence;
  if (module.is_package) {
    const Node& found = world_.finder.submodule(module, name);
    if (found.state != NodeState::kMissing) {
      submodule = &found;
      return Presence::kPresent;
    }
  }
  const bool is_library =
      module.state == NodeState::kTable || module.origin == ModuleOrigin::kStandardLibrary;
  if (is_library) {
    if (world_.environment.may_serve(module.name)) return Presence::kUnknown;
    const LibraryName told = library_name(world_.environment, module.name, name);
    if (told == LibraryName::kLacks) return Presence::kAbsent;
    if (told != LibraryName::kUnknown) return Presence::kPresent;
  }
  const bool is_open = presence == Presence::kUnknown || world_.may_have_hidden_submodules(module);
  if (module.is_package && is_open) return Presence::kUnknown;
  const bool is_outside = module.file_id == UINT32_MAX && !module.file.empty();
  if (presence == Presence::kAbsent && is_outside && may_be_set_elsewhere(file, module, name)) {
    return Presence::kUnknown;
  }
  return presence;
}

Presence Symbols::in_itself(uint32_t file, const Node& module, std::string_view name) const {
  const FileFacts* const facts = contents(module).facts;
  if (facts == nullptr || is_implicit(module, name)) return Presence::kPresent;
  std::vector<uint32_t> own_lines;
  for (const Import& import : facts->imports()) {
    std::string storage;
    if (!import.is_from) continue;
    const AbsoluteName asked = world_.absolute_name(file, import, storage);
    if (asked.state != AbsoluteName::State::kFormed) continue;
    if (world_.find(file, asked.dotted).node == &module) own_lines.push_back(import.line);
  }
  const bool is_bound = std::ranges::any_of(facts->bindings(), [&](const Binding& binding) {
    if (facts->name(binding.name) != name) return false;
    return binding.kind != BindingKind::kImport ||
           !std::ranges::binary_search(own_lines, binding.line);
  });
  const bool is_open = facts->has_getattr || (facts->dynamic_markers & kDynamicNames) ||
                       !facts->stars().empty() || world_.may_have_hidden_submodules(module);
  return is_bound || is_open ? Presence::kUnknown : Presence::kAbsent;
}

std::vector<const Node*> Symbols::loaded_on_demand(uint32_t file, const Node& module,
                                                   std::string_view name) const {
  std::vector<const Node*> loaded;
  const FileFacts* const facts = contents(module).facts;
  if (facts == nullptr || module.origin == ModuleOrigin::kStandardLibrary) return loaded;
  const auto text = world_.file_system.read(module.file);
  if (!text) return loaded;
  const std::string package = package_of(module.name, module.is_package);
  for (const std::string& dotted : resolve::loaded_on_demand(*facts, *text, package, name)) {
    const Node& found = *world_.find(file, dotted).node;
    if (found.state != NodeState::kFound || &found == &module) continue;
    if (found.kind != ModuleKind::kNamespacePackage) loaded.push_back(&found);
  }
  return loaded;
}

/// Installed modules are judged by little: their own text must not name what is missing, nor may
/// their neighbours set it on them.
bool Symbols::may_be_set_elsewhere(uint32_t file, const Node& module, std::string_view name) const {
  const auto own = world_.file_system.read(module.file);
  if (!own || rewrites_itself(*own)) return true;
  if (may_be_helped(file, module, *own)) return true;
  // The standard library sets nothing from outside, and its comments name much that it gave up.
  if (module.origin == ModuleOrigin::kStandardLibrary) return false;
  return has_word(*own, name) || neighbours_may_set(module, name);
}

bool Symbols::may_be_set_from_outside(uint32_t file, const Node& module,
                                      std::string_view name) const {
  if (module.file.empty()) return false;
  const auto own = world_.file_system.read(module.file);
  // What its statements show is known; these are what functions do to their own module.
  const bool rewrites = !own || has_word(*own, "globals") || has_word(*own, "exec") ||
                        may_replace_itself(*own) || has_keyword(*own, name);
  if (rewrites || may_be_helped(file, module, *own) || neighbours_may_set(module, name)) {
    return true;
  }
  const std::string viewer = join_path(world_.tree.root, world_.tree.files[file].path);
  const std::string_view last = std::string_view(module.name).substr(module.name.rfind('.') + 1);
  return set_attributes(viewer).may_set(last, name);
}

bool Symbols::SetAttributes::may_set(std::string_view owner, std::string_view name) const {
  constexpr std::hash<std::string_view> hash;
  return !is_known || std::ranges::binary_search(names, hash(name)) ||
         std::ranges::binary_search(modules, hash(owner));
}

bool Symbols::may_be_set_by_importers(const Node& module, std::string_view owner,
                                      std::string_view name) const {
  const auto may_set = [&](uint32_t file) {
    const std::string path = join_path(world_.tree.root, world_.tree.files[file].path);
    return set_attributes(path).may_set(owner, name);
  };
  const std::string_view last = std::string_view(module.name).substr(module.name.rfind('.') + 1);
  return std::ranges::any_of(holders_.of(module), may_set) ||
         (owner != last && std::ranges::any_of(holders_.of_name(owner), may_set));
}

bool Symbols::neighbours_may_set(const Node& module, std::string_view name) const {
  const std::string_view last = std::string_view(module.name).substr(module.name.rfind('.') + 1);
  const std::string folder(parent_path(module.file));
  const auto entries = world_.file_system.list(folder);
  return !entries || std::ranges::any_of(*entries, [&](const DirectoryEntry& entry) {
    const std::string path = join_path(folder, entry.name);
    return entry.name.ends_with(".py") && path != module.file &&
           set_attributes(path).may_set(last, name);
  });
}

const Symbols::SetAttributes& Symbols::set_attributes(const std::string& path) const {
  constexpr std::hash<std::string_view> hash;
  world_.asked.note_path(path);
  decltype(set_)::accessor entry;
  if (set_.insert(entry, path)) {
    SetAttributes made;
    if (const auto text = world_.file_system.read(path)) {
      size_t at = 0;
      for (auto name = next_assigned_attribute(*text, at); !name.empty();
           name = next_assigned_attribute(*text, at)) {
        made.names.push_back(hash(name));
      }
      for (const std::string_view name : names_set_by_setattr(*text)) {
        made.names.push_back(hash(name));
      }
      for (const std::string_view module : modules_set_by_name(*text)) {
        made.modules.push_back(hash(module));
      }
      sort_distinct(made.names);
      sort_distinct(made.modules);
    } else {
      made.is_known = false;
    }
    entry->second = std::make_unique<const SetAttributes>(std::move(made));
  }
  return *entry->second;
}

/// Whether a module that this one, of text `own`, imports may set names on it. Of the standard
/// library enum does, for those who call it so; the rest does it to modules of its own, if at all.
bool Symbols::may_be_helped(uint32_t file, const Node& module, std::string_view own) const {
  const FileFacts* facts = contents(module).facts;
  if (facts == nullptr) return true;
  const bool library_helps = module.origin == ModuleOrigin::kStandardLibrary ||
                             has_word(own, "global_enum") || has_word(own, "_convert_");
  const auto name_of = [&](const Import& import) { return absolute_name(module, *facts, import); };
  return world_.uses_helper(
      *facts, file, library_helps, name_of,
      [&](std::string_view name, Helper) { return calls_when_run(own, name); });
}

Presence Symbols::attribute(uint32_t file, const Node& module, std::string_view name,
                            Visited& visited) const {
  if (module.kind == ModuleKind::kNamespacePackage) return Presence::kAbsent;
  const Contents inside = contents(module);
  if (inside.facts == nullptr) return Presence::kUnknown;
  if (inside.binds(name)) return Presence::kPresent;
  const FileFacts& facts = *inside.facts;
  if (std::ranges::find(visited, &facts) != visited.end()) return Presence::kAbsent;
  if (visited.size() >= kMostStars) return Presence::kUnknown;
  visited.push_back(&facts);
  if (facts.has_getattr || (facts.dynamic_markers & kDynamicNames)) return Presence::kUnknown;
  Presence presence = Presence::kAbsent;
  for (const StarImport& star : facts.stars()) {
    if (facts.imports()[star.import].never_runs) continue;
    const Presence served = through_star(file, module, facts.imports()[star.import], name, visited);
    if (served == Presence::kPresent) return served;
    if (served == Presence::kUnknown) presence = served;
  }
  return presence;
}

bool Symbols::asks_back(uint32_t file, const Node& source, const Node& module,
                        std::string_view name) const {
  const FileFacts& facts = *contents(source).facts;
  std::vector<uint32_t> lines;  // of the statements that do so
  for (const Import& import : facts.imports()) {
    if (!import.is_from) continue;
    const auto names = facts.imported_names().subspan(import.first_name, import.name_count);
    const bool is_named = std::ranges::any_of(names, [&](const ImportedName& one) {
      return facts.name(one.name) == name && one.as_name == one.name;
    });
    if (!is_named) continue;
    const std::string asked = absolute_name(source, facts, import);
    if (!asked.empty() && world_.find(file, asked).node == &module) lines.push_back(import.line);
  }
  return !lines.empty() && std::ranges::all_of(facts.bindings(), [&](const Binding& binding) {
    return facts.name(binding.name) != name ||
           (binding.kind == BindingKind::kImport &&
            std::ranges::find(lines, binding.line) != lines.end());
  });
}

Presence Symbols::through_star(uint32_t file, const Node& module, const Import& star,
                               std::string_view name, Visited& visited) const {
  const Node* found = nullptr;
  if (module.file_id != UINT32_MAX) {
    std::string storage;
    const AbsoluteName asked = world_.absolute_name(module.file_id, star, storage);
    if (asked.state != AbsoluteName::State::kFormed) return Presence::kUnknown;
    found = world_.find(module.file_id, asked.dotted).node;
  } else {
    const std::string asked = absolute_name(module, *contents(module).facts, star);
    if (asked.empty()) return Presence::kUnknown;
    found = world_.find(file, asked).node;
  }
  const Node& source = *found;
  if (source.kind == ModuleKind::kNamespacePackage && source.state == NodeState::kFound) {
    return Presence::kUnknown;  // submodules that somebody imported
  }
  const Contents exported = contents(source);
  if (exported.facts == nullptr) return Presence::kUnknown;
  const FileFacts& exporter = *exported.facts;
  if (exporter.exports_state == ExportsState::kDynamic) return Presence::kUnknown;
  if (exporter.exports_state == ExportsState::kLiteral) {
    const bool listed = std::ranges::any_of(exporter.exports(),
                                            [&](NameId id) { return exporter.name(id) == name; });
    return listed && !asks_back(file, source, module, name) ? Presence::kPresent
                                                            : Presence::kAbsent;
  }
  if (name.starts_with('_')) return Presence::kAbsent;
  Presence presence = attribute(file, source, name, visited);
  if (presence == Presence::kPresent && asks_back(file, source, module, name)) {
    presence = Presence::kAbsent;
  }
  if (presence == Presence::kAbsent && source.is_package &&
      world_.finder.submodule(source, name).state != NodeState::kMissing) {
    return Presence::kUnknown;  // an attribute once anybody has imported it
  }
  return presence;
}

}  // namespace headwater::resolve
