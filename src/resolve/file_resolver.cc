#include "resolve/file_resolver.h"

#include <algorithm>
#include <utility>

#include "base/paths.h"
#include "model/import_graph.h"
#include "resolve/texts.h"

namespace headwater::resolve {
namespace {

Outcome outcome_of(const Node& node) {
  if (node.state == NodeState::kTable) return Outcome::kStandardLibrary;
  switch (node.kind) {
    case ModuleKind::kNamespacePackage:
      return Outcome::kNamespacePackage;
    case ModuleKind::kExtension:
      return Outcome::kExtension;
    case ModuleKind::kBuiltin:
      return Outcome::kStandardLibrary;
    default:
      return Outcome::kModule;
  }
}

std::string first_part(std::string_view dotted) {
  return std::string(dotted.substr(0, dotted.find('.')));
}

class FileResolver {
 public:
  FileResolver(const World& world, const Symbols& symbols, uint32_t file)
      : world_(world), symbols_(symbols), file_(file), facts_(world.scanned.facts[file]) {}

  FileRows run() {
    made_.rows.reserve(facts_.imports().size());
    for (uint32_t i = 0; i < facts_.imports().size(); ++i) resolve_import(i);
    return std::move(made_);
  }

 private:
  Resolution& add_row(uint32_t import) {
    Resolution& row = made_.rows.emplace_back();
    row.file = FileId{file_};
    row.import = import;
    return row;
  }

  /// Notes what the row asked for, since its target does not say it.
  Wanted& want(Resolution& row, std::string module) {
    row.wanted = static_cast<uint32_t>(made_.wanted.size());
    return made_.wanted.emplace_back(Wanted{std::move(module), {}, {}});
  }

  void resolve_import(uint32_t index) {
    const Import& import = facts_.imports()[index];
    const AbsoluteName asked = world_.absolute_name(file_, import, asked_);
    Resolution& row = add_row(index);
    if (asked.state != AbsoluteName::State::kFormed) {
      if (asked.state == AbsoluteName::State::kNoPackage && !judges_stubs(import)) {
        row.outcome = Outcome::kMissing;
        row.failure = FailureKind::kRelativeImport;
      }
      return;
    }
    const Lookup lookup = world_.find(file_, asked.dotted);
    if (import.level == 0 && may_be_loaded_already(lookup)) {
      if (lookup.node->state != NodeState::kMissing) row.target = lookup.node->serial;
      return;
    }
    if (lookup.node->state == NodeState::kMissing) {
      if (lookup.parent) row.target = lookup.parent->serial;
      return describe_missing(lookup, import, row, want(row, std::string(asked.dotted)));
    }
    row.target = lookup.node->serial;
    row.outcome = outcome_of(*lookup.node);
    if (import.is_from) resolve_names(index, *lookup.node);
    if (reads_what_it_binds(import)) resolve_reads(index, asked.dotted, *lookup.node);
  }

  /// Whether a file of the repository hides the library's module that is asked for, or would, if
  /// start-up code had not loaded that before. Files of a package know which one they are in.
  bool may_be_loaded_already(const Lookup& found) const {
    const Node& node = *found.node;
    const bool is_top = node.name.find('.') == std::string::npos;
    const Node* const known = node.state == NodeState::kMissing && !is_top ? found.parent : &node;
    if (known->origin != ModuleOrigin::kFirstParty) return false;
    const std::string top = first_part(node.name);
    if (!world_.environment.standard_library.names.contains(top)) return false;
    const Node& hiding = *world_.find(file_, top).node;
    return hiding.state == NodeState::kFound && hiding.origin == ModuleOrigin::kFirstParty &&
           first_part(world_.names.name[file_]) != top && world_.start_up.may_have_loaded(top);
  }

  bool reads_what_it_binds(const Import& import) const {
    return !facts_.attribute_reads().empty() && import.scope == Scope::kModule &&
           import.guards == 0 && !import.never_runs;
  }

  /// What is read as an attribute of the modules that the statement binds. `found`: the one that it
  /// names, `dotted`.
  void resolve_reads(uint32_t index, std::string_view dotted, const Node& found) {
    const Import& import = facts_.imports()[index];
    for (uint32_t i = import.first_name; i < import.first_name + import.name_count; ++i) {
      const ImportedName& imported = facts_.imported_names()[i];
      const std::string_view name = facts_.name(imported.name);
      if (import.is_from) {
        if (name == "*" || !found.is_package) continue;
        const Node& submodule = world_.finder.submodule(found, name);
        resolve_reads_of(index, facts_.name(imported.as_name), submodule);
      } else if (imported.has_as) {
        resolve_reads_of(index, facts_.name(imported.as_name), found);
      } else {
        const std::string_view top = dotted.substr(0, dotted.find('.'));
        resolve_reads_of(index, top, *world_.find(file_, top).node);
      }
    }
  }

  /// Each read belongs to the first statement that binds its name.
  void resolve_reads_of(uint32_t index, std::string_view bound, const Node& module) {
    index_reads();
    const auto [first, last] = std::ranges::equal_range(reads_, bound, {}, root_of);
    for (auto at = first; at != last; ++at) {
      std::string_view path = std::exchange(*at, at->substr(0, bound.size()));
      if (path.size() == bound.size()) continue;
      const Node* owner = &module;
      for (path.remove_prefix(bound.size() + 1);; path.remove_prefix(path.find('.') + 1)) {
        const std::string_view name = path.substr(0, path.find('.'));
        const Node* const submodule =
            owner->is_package ? &world_.finder.submodule(*owner, name) : nullptr;
        if (submodule == nullptr || submodule->state == NodeState::kMissing) {
          resolve_read(index, *owner, name);
          break;
        }
        owner = submodule;
        if (name.size() == path.size()) break;
      }
    }
  }

  static std::string_view root_of(std::string_view path) { return path.substr(0, path.find('.')); }

  void index_reads() {
    if (!reads_.empty()) return;
    for (const AttributeRead& read : facts_.attribute_reads()) {
      reads_.push_back(facts_.name(read.path));
    }
    std::ranges::stable_sort(reads_, {}, root_of);
  }

  /// What a star asks for: each name of `__all__` has to be there.
  void resolve_exports(uint32_t index, const Node& module) {
    const FileFacts* const facts = symbols_.facts_of(module);
    const bool is_ours = module.file_id != UINT32_MAX && !is_typing(facts_.imports()[index]);
    if (!is_ours || facts == nullptr || facts->exports_state != ExportsState::kLiteral) return;
    for (const NameId name : facts->exports()) resolve_read(index, module, facts->name(name));
  }

  void resolve_read(uint32_t index, const Node& owner, std::string_view name) {
    const Node* submodule = nullptr;
    const Presence presence = symbols_.of(file_, owner, name, submodule);
    const bool is_ours = owner.file_id != UINT32_MAX;
    if (presence == Presence::kPresent || (!is_ours && presence != Presence::kAbsent)) return;
    if (is_served_elsewhere(owner, name)) return;
    Resolution& row = add_row(index);
    row.target = owner.serial;
    row.outcome = Outcome::kUnshown;
    want(row, owner.name + '.' + std::string(name));
  }

  /// A stub is read by type checkers, which find stubs and `_typeshed`: none of its imports fails.
  bool judges_stubs(const Import& import) const {
    if (world_.tree.files[file_].kind == FileKind::kStub) return true;
    const std::string_view module = facts_.name(import.module);
    return (import.guards & kGuardTypeChecking) && module.starts_with("_typeshed");
  }

  /// Whether the name leads somewhere only if a folder around this file is on the search path. That
  /// it is found there says much; that something is missing there says nothing.
  bool is_around(std::string_view dotted) const {
    const std::string_view first = dotted.substr(0, dotted.find('.'));
    const SearchContext& context = world_.contexts.of(file_);
    return !context.last_folders.empty() &&
           world_.finder.top_level(context, first).state == NodeState::kMissing &&
           world_.find(file_, first).node->state != NodeState::kMissing;
  }

  static bool is_typing(const Import& import) { return (import.guards & kGuardTypeChecking) != 0; }

  /// Whether a type checker finds a stub for what is missing at run time.
  bool has_stub(const Lookup& lookup) const {
    const std::string& missing = lookup.node->name;
    if (lookup.parent) {
      const std::string_view last = std::string_view(missing).substr(missing.rfind('.') + 1);
      return std::ranges::any_of(lookup.parent->portions, [&](const Folder* portion) {
        return (portion->flags(last) & kEntryStub) != 0;
      });
    }
    return world_.finder.any_entry_has(std::string(missing) + "-stubs", kEntryFolder) ||
           world_.finder.any_entry_has(missing, kEntryStub);
  }

  /// Facts leave out what a module binds under `if TYPE_CHECKING:`, for checkers to import; and
  /// the stubs of others have private names of their own, wherever they lie.
  bool may_be_declared_for_checkers(const Node& module, std::string_view name) const {
    const bool is_of_others =
        module.state == NodeState::kTable || module.origin != ModuleOrigin::kFirstParty;
    if (is_of_others && name.starts_with('_')) return true;
    if (module.file.empty() || world_.file_system.is_file(module.file + 'i')) return true;
    const auto text = world_.file_system.read(module.file);
    return !text || has_word(*text, name);
  }

  /// Whether start-up code that is not followed may provide what is not found.
  bool may_be_served(const Lookup& lookup, std::string_view module) const {
    const bool is_first_party = lookup.parent && lookup.parent->origin == ModuleOrigin::kFirstParty;
    return !is_first_party && world_.environment.may_serve(module);
  }

  /// Whether some file registers the module, which is there once that file has run. What stands for
  /// a distribution's module in a test says nothing of other files.
  bool may_be_registered(const Lookup& lookup, std::string_view module) const {
    const bool is_distribution =
        !lookup.parent || lookup.parent->origin == ModuleOrigin::kThirdParty;
    return !is_distribution && world_.is_registered(file_, module);
  }

  /// Whether the file hooks the import system before it asks for a module of the repository.
  bool serves_itself(const Lookup& lookup) const {
    return lookup.parent && lookup.parent->origin == ModuleOrigin::kFirstParty &&
           world_.names_meta_path(join_path(world_.tree.root, world_.tree.files[file_].path));
  }

  void describe_missing(const Lookup& lookup, const Import& import, Resolution& row,
                        Wanted& wanted) const {
    if (!lookup.parent && world_.environment.is_locked(lookup.node->name)) {
      row.outcome = Outcome::kDistribution;
      return;
    }
    const bool is_open =
        judges_stubs(import) || is_around(wanted.module) || may_be_served(lookup, wanted.module) ||
        may_be_registered(lookup, wanted.module) || world_.is_known(wanted.module) ||
        world_.may_be_elsewhere(file_, wanted.module) || (is_typing(import) && has_stub(lookup)) ||
        world_.may_have_hidden(lookup) || serves_itself(lookup);
    if (is_open) return;
    row.outcome = Outcome::kMissing;
    row.failure = FailureKind::kMissingModule;
    wanted.missing_prefix = lookup.node->name;
    if (const std::string* hiding = file_that_hides(import, wanted.module)) {
      row.failure = FailureKind::kHiddenModule;
      wanted.shadowed_by = *hiding;
    }
  }

  /// A file of the repository that has the name of a standard library's module, and lacks what is
  /// asked for, hides the module that was meant: unless its own package asks. nullptr: none does.
  const std::string* file_that_hides(const Import& import, std::string_view module) const {
    const std::string top = first_part(module);
    if (import.level != 0 || !world_.environment.standard_library.names.contains(top)) {
      return nullptr;
    }
    if (first_part(world_.names.name[file_]) == top) return nullptr;
    const Node& hiding = *world_.find(file_, top).node;
    return hiding.file_id == UINT32_MAX ? nullptr : &world_.tree.files[hiding.file_id].path;
  }

  void resolve_names(uint32_t index, const Node& module) {
    const Import& import = facts_.imports()[index];
    if (judges_stubs(import) || is_around(module.name)) return;
    for (uint32_t i = import.first_name; i < import.first_name + import.name_count; ++i) {
      const std::string_view name = facts_.name(facts_.imported_names()[i].name);
      const bool is_own = module.file_id == file_;
      if (name == "*") {
        if (!is_own) resolve_exports(index, module);
        continue;
      }
      if (is_own && has_own_submodule(index, i, name, module)) continue;
      const Node* submodule = nullptr;
      const Presence presence = is_own ? symbols_.in_itself(file_, module, name)
                                       : symbols_.of(file_, module, name, submodule);
      if (submodule) add_submodule(index, i, *submodule);
      if (presence == Presence::kUnknown && is_lost(module, name)) {
        Resolution& row = add_row(index);
        row.name = i;
        row.target = module.serial;
      }
      if (presence == Presence::kUnknown && !is_own) {
        add_loaded_on_demand(index, i, module);
        const bool is_run = module.file_id != UINT32_MAX || symbols_.facts_of(module) != nullptr;
        if (is_run && !is_typing(import) && !is_served_elsewhere(module, name)) {
          add_unshown(index, i, module);
        }
      }
      if (presence != Presence::kAbsent) continue;
      if (module.kind == ModuleKind::kNamespacePackage && is_in_other_portion(index, i, module)) {
        continue;
      }
      if (is_typing(import) && may_be_declared_for_checkers(module, name)) continue;
      if (is_served_elsewhere(module, name)) continue;
      Resolution& row = add_row(index);
      row.name = i;
      row.outcome = Outcome::kMissing;
      row.failure = FailureKind::kMissingSymbol;
      row.target = module.serial;
      if (const std::string* hiding = file_that_hides(import, module.name)) {
        row.failure = FailureKind::kHiddenModule;
        want(row, module.name).shadowed_by = *hiding;
      }
    }
  }

  /// By what some file puts into sys.modules, or as the configuration says.
  bool is_served_elsewhere(const Node& module, std::string_view name) const {
    const std::string dotted = module.name + '.' + std::string(name);
    return world_.is_registered(file_, dotted) ||
           (!world_.known_modules.empty() && world_.is_known(dotted));
  }

  void add_unshown(uint32_t import, uint32_t at, const Node& module) {
    Resolution& row = add_row(import);
    row.name = at;
    row.target = module.serial;
    row.outcome = Outcome::kUnshown;
  }

  /// What fails there fails the statement, or not: that is not known, as the name is not.
  void add_loaded_on_demand(uint32_t index, uint32_t at, const Node& module) {
    const EdgeKind when = edge_kind(facts_.imports()[index]);
    const bool runs = when.runs == EdgeClass::kImport || when.runs == EdgeClass::kConditional;
    if (!runs || when.guard.holds_any()) return;
    const std::string_view name = facts_.name(facts_.imported_names()[at].name);
    for (const Node* const loaded : symbols_.loaded_on_demand(file_, module, name)) {
      Resolution& row = add_row(index);
      row.name = at;
      row.target = loaded->serial;
      row.outcome = Outcome::kOnDemand;
    }
  }

  /// Whether the name was a submodule of something installed, as long as that was whole.
  bool is_lost(const Node& module, std::string_view name) const {
    return module.origin == ModuleOrigin::kThirdParty && module.is_package &&
           world_.installed.lost(module.name + '.' + std::string(name)) != nullptr;
  }

  /// Whether another portion of the namespace package, which only this file's search path has,
  /// holds the name, or may.
  bool is_in_other_portion(uint32_t import, uint32_t at, const Node& module) {
    std::string dotted = module.name;
    dotted.append(1, '.').append(facts_.name(facts_.imported_names()[at].name));
    const Lookup found = world_.find(file_, dotted);
    if (found.node->state != NodeState::kMissing) {
      add_submodule(import, at, *found.node);
      return true;
    }
    return world_.may_be_elsewhere(file_, dotted);
  }

  /// In its own body a module has what ran before, which is not a matter of what it has in the end:
  /// a package's `from . import x` loads the submodule if there is one.
  bool has_own_submodule(uint32_t import, uint32_t at, std::string_view name, const Node& module) {
    if (!module.is_package) return false;
    const Node& found = world_.finder.submodule(module, name);
    if (found.state == NodeState::kMissing) return false;
    add_submodule(import, at, found);
    return true;
  }

  void add_submodule(uint32_t import, uint32_t at, const Node& submodule) {
    Resolution& row = add_row(import);
    row.name = at;
    row.target = submodule.serial;
    row.outcome = outcome_of(submodule);
  }

  const World& world_;
  const Symbols& symbols_;
  uint32_t file_;
  const FileFacts& facts_;
  std::string asked_;                    // by the statement at hand, if it is relative
  std::vector<std::string_view> reads_;  // paths, by root; of those that are done, only the root
  FileRows made_;
};

}  // namespace

FileRows resolve_file(const World& world, const Symbols& symbols, uint32_t file) {
  world.asked.begin();
  FileRows made = FileResolver(world, symbols, file).run();
  made.asked = world.asked.take();
  return made;
}

}  // namespace headwater::resolve
