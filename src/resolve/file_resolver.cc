#include "resolve/file_resolver.h"

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

class FileResolver {
 public:
  FileResolver(const World& world, const Symbols& symbols, uint32_t file)
      : world_(world), symbols_(symbols), file_(file), facts_(world.scanned.facts[file]) {}

  std::vector<OpenRow> run() {
    rows_.reserve(facts_.imports.size());
    for (uint32_t i = 0; i < facts_.imports.size(); ++i) resolve_import(i);
    return std::move(rows_);
  }

 private:
  OpenRow& add_row(uint32_t import) {
    OpenRow& open = rows_.emplace_back();
    open.row.file = FileId{file_};
    open.row.import = import;
    open.row.outcome = Outcome::kUnknown;
    return open;
  }

  void resolve_import(uint32_t index) {
    const Import& import = facts_.imports[index];
    const AbsoluteName asked = world_.absolute_name(file_, import);
    OpenRow& open = add_row(index);
    open.row.module = asked.dotted;
    if (asked.state != AbsoluteName::State::kFormed) {
      if (asked.state == AbsoluteName::State::kNoPackage && !judges_stubs(import)) {
        open.row.outcome = Outcome::kMissing;
        open.row.failure = FailureKind::kRelativeImport;
      }
      return;
    }
    const Lookup lookup = world_.find(file_, asked.dotted);
    if (lookup.node->state == NodeState::kMissing) {
      open.target = lookup.parent;
      return describe_missing(lookup, import, open.row);
    }
    open.target = lookup.node;
    open.row.outcome = outcome_of(*lookup.node);
    if (import.is_from) resolve_names(index, asked.dotted, *lookup.node);
  }

  /// A stub is read by type checkers, which find stubs and `_typeshed`: none of its imports fails.
  bool judges_stubs(const Import& import) const {
    if (world_.tree.files[file_].kind == FileKind::kStub) return true;
    const std::string_view module = facts_.names[import.module];
    return (import.guards & kGuardTypeChecking) && module.starts_with("_typeshed");
  }

  void describe_missing(const Lookup& lookup, const Import& import, Resolution& row) const {
    const bool open = judges_stubs(import) || world_.is_known(row.module) ||
                      (lookup.parent && world_.may_have_hidden_submodules(*lookup.parent));
    if (open) return;
    row.outcome = Outcome::kMissing;
    row.failure = FailureKind::kMissingModule;
    row.missing_prefix = lookup.node->name;
    mark_hidden(import, row);
  }

  /// A file of the repository that has the name of a standard library's module, and lacks what is
  /// asked for, hides the module that was meant: unless its own package asks.
  void mark_hidden(const Import& import, Resolution& row) const {
    const auto first_part = [](std::string_view dotted) {
      return std::string(dotted.substr(0, dotted.find('.')));
    };
    const std::string top = first_part(row.module);
    if (import.level != 0 || !world_.environment.standard_library.names.contains(top)) return;
    if (first_part(world_.names.name[file_]) == top) return;
    const Node& hiding = *world_.find(file_, top).node;
    if (hiding.file_id == UINT32_MAX) return;
    row.failure = FailureKind::kHiddenModule;
    row.shadowed_by = world_.tree.files[hiding.file_id].path;
  }

  void resolve_names(uint32_t index, const std::string& dotted, const Node& module) {
    const Import& import = facts_.imports[index];
    // In its own body a module has what ran before: not a matter of what it has in the end.
    if (module.file_id == file_ || judges_stubs(import)) return;
    for (uint32_t i = import.first_name; i < import.first_name + import.name_count; ++i) {
      const std::string_view name = facts_.names[facts_.imported_names[i].name];
      if (name == "*" || symbols_.of(module, name) != Presence::kAbsent) continue;
      if (!world_.known_modules.empty() && world_.is_known(dotted + '.' + std::string(name))) {
        continue;
      }
      OpenRow& open = add_row(index);
      open.row.name = i;
      open.row.outcome = Outcome::kMissing;
      open.row.failure = FailureKind::kMissingSymbol;
      open.row.module = dotted;
      open.target = &module;
      mark_hidden(import, open.row);
    }
  }

  const World& world_;
  const Symbols& symbols_;
  uint32_t file_;
  const FileFacts& facts_;
  std::vector<OpenRow> rows_;
};

}  // namespace

std::vector<OpenRow> resolve_file(const World& world, const Symbols& symbols, uint32_t file) {
  return FileResolver(world, symbols, file).run();
}

}  // namespace headwater::resolve
