#include "resolve/outside_names.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/paths.h"
#include "resolve/texts.h"

namespace headwater::resolve {
namespace {

std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

std::string_view parent_of(std::string_view dotted) {
  const size_t dot = dotted.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : dotted.substr(0, dot);
}

/// A module of which symbols are missing.
struct Suspect {
  explicit Suspect(const Node* of) : module(of) {}

  /// Whether another file can tell nothing more.
  bool is_settled() const {
    return std::ranges::all_of(is_set, [](const auto& symbol) { return symbol.second.load(); });
  }

  const Node* module;
  std::map<std::string_view, std::atomic<bool>> is_set{};  // by symbol
};

/// Who has such a module in hand, by the targets of all rows: a file that imports neither it nor
/// its parent, or nothing but names from it, has no name by which it could set anything on it. All
/// the same it may find the module in `sys.modules`.
class Suspects {
 public:
  Suspects(const World& world, const std::vector<FileRows>& rows) : world_(world) {
    for (const FileRows& of_file : rows) {
      for (const Resolution& row : of_file.rows) {
        if (!is_suspect(row)) continue;
        const Node& module = world.finder.node(row.target);
        Suspect& suspect = by_serial_.try_emplace(row.target, &module).first->second;
        suspect.is_set.try_emplace(name_of(row), false);
        names_.insert(name_of(row));
      }
    }
    if (by_serial_.empty()) return;
    std::vector<Suspect*> all;
    for (auto& [serial, suspect] : by_serial_) {
      by_parent_[parent_of(suspect.module->name)].push_back(&suspect);
      all.push_back(&suspect);
    }
    tbb::parallel_for(size_t{0}, all.size(), [&](size_t i) { look_at_itself(*all[i]); });
    roles_.resize(world.finder.node_count());
    tbb::parallel_for(size_t{0}, roles_.size(), [&](size_t serial) {
      const Node& node = world.finder.node(static_cast<uint32_t>(serial));
      if (by_serial_.contains(static_cast<uint32_t>(serial))) roles_[serial] |= kIsSuspect;
      if (node.is_package && by_parent_.contains(node.name)) roles_[serial] |= kIsParent;
    });
  }

  bool empty() const { return by_serial_.empty(); }

  /// Looks into one file for assignments to the modules that it imports.
  void look_into(const FileRows& of_file) {
    std::set<Suspect*> imported;
    for (const Resolution& row : of_file.rows) {
      if (row.target == UINT32_MAX || roles_[row.target] == 0) continue;
      if (roles_[row.target] & kIsSuspect && has_in_hand(row)) {
        imported.insert(&by_serial_.at(row.target));
      }
      if (roles_[row.target] & kIsParent) add_imported_from(row, imported);
    }
    std::erase_if(imported, [](const Suspect* suspect) { return suspect->is_settled(); });
    if (imported.empty()) return;
    const std::string& path = world_.tree.files[index_of(of_file.rows[0].file)].path;
    const auto text = world_.file_system.read(join_path(world_.tree.root, path));
    const bool by_name = !text || may_set_attributes_by_name(*text);
    for (Suspect* suspect : imported) {
      if (!by_name) break;
      if (text && !may_set_any_attribute(*text, last_part(suspect->module->name))) continue;
      for (auto& [name, is_set] : suspect->is_set) is_set = true;
    }
    if (!text) return;
    size_t at = 0;
    for (auto name = next_assigned_attribute(*text, at); !name.empty();
         name = next_assigned_attribute(*text, at)) {
      if (!names_.contains(name)) continue;
      for (Suspect* suspect : imported) {
        const auto symbol = suspect->is_set.find(name);
        if (symbol != suspect->is_set.end()) symbol->second = true;
      }
    }
  }

  bool is_set(const Resolution& row) const {
    return is_suspect(row) && by_serial_.at(row.target).is_set.at(name_of(row));
  }

 private:
  static constexpr uint8_t kIsSuspect = 1;
  static constexpr uint8_t kIsParent = 2;

  /// Whether the statement binds the module that the row found: `from module import name` does not.
  bool has_in_hand(const Resolution& row) const {
    const FileFacts& facts = world_.scanned.facts[index_of(row.file)];
    return !facts.imports()[row.import].is_from || row.name != UINT32_MAX ||
           (facts.dynamic_markers & kDynamicSysModules) != 0;
  }

  /// `from parent import module`, or `import parent`, which reaches the module as an attribute.
  void add_imported_from(const Resolution& row, std::set<Suspect*>& imported) {
    const FileFacts& facts = world_.scanned.facts[index_of(row.file)];
    const Import& import = facts.imports()[row.import];
    const auto names = facts.imported_names().subspan(import.first_name, import.name_count);
    for (Suspect* suspect : by_parent_.at(world_.finder.node(row.target).name)) {
      const std::string_view module = last_part(suspect->module->name);
      const bool is_named = std::ranges::any_of(
          names, [&](const ImportedName& name) { return facts.name(name.name) == module; });
      if (!import.is_from || is_named) imported.insert(suspect);
    }
  }

  /// Modules of the repository, and of the standard library, on which some set what it has lost.
  bool is_suspect(const Resolution& row) const {
    if (row.name == UINT32_MAX || row.outcome != Outcome::kMissing) return false;
    const Node& module = world_.finder.node(row.target);
    return module.file_id != UINT32_MAX || (is_library(module) && fails_something(row));
  }
  /// A guard, or a branch that may not run, reckons with what the library may lack.
  bool fails_something(const Resolution& row) const {
    const FileFacts& facts = world_.scanned.facts[index_of(row.file)];
    const Import& import = facts.imports()[row.import];
    return !import.never_runs && (import.guards == 0 || import.handler_ends);
  }
  static bool is_library(const Node& module) {
    return module.state == NodeState::kTable || module.origin == ModuleOrigin::kStandardLibrary;
  }
  std::string_view name_of(const Resolution& row) const {
    const FileFacts& facts = world_.scanned.facts[index_of(row.file)];
    return facts.name(facts.imported_names()[row.name].name);
  }

  void look_at_itself(Suspect& suspect) const {
    if (is_library(*suspect.module)) return;
    const bool is_helped = may_be_helped(*suspect.module);
    for (auto& [name, is_set] : suspect.is_set) {
      is_set = is_helped || may_be_bound_by_text(*suspect.module, name);
    }
  }

  /// Whether a module that this one imports may set names on it when it is called.
  bool may_be_helped(const Node& module) const {
    const FileFacts& facts = world_.scanned.facts[module.file_id];
    return world_.imports_helper(facts, module.file_id, false, [&](const Import& import) {
      std::string storage;
      const AbsoluteName asked = world_.absolute_name(module.file_id, import, storage);
      const bool is_formed = asked.state == AbsoluteName::State::kFormed;
      return is_formed ? std::string(asked.dotted) : std::string();
    });
  }
  bool may_be_bound_by_text(const Node& module, std::string_view name) const {
    const FileFacts& facts = world_.scanned.facts[module.file_id];
    for (uint32_t i = 0; i < facts.name_states().size(); ++i) {
      // It is assigned, and deleted again.
      if (facts.name_states()[i] != NameState::kNone && facts.name(NameId{i}) == name) return false;
    }
    const auto text = world_.file_system.read(module.file);
    // exec() under another name runs what a string says.
    return !text || has_keyword(*text, name) || has_word(*text, "exec") ||
           may_replace_itself(*text);
  }

  const World& world_;
  std::unordered_map<uint32_t, Suspect> by_serial_;
  std::unordered_map<std::string_view, std::vector<Suspect*>> by_parent_;
  std::unordered_set<std::string_view> names_;  // of all missing symbols
  std::vector<uint8_t> roles_;                  // by serial
};

}  // namespace

void withdraw_names_set_from_outside(const World& world, std::vector<FileRows>& rows) {
  Suspects suspects(world, rows);
  if (suspects.empty()) return;
  tbb::parallel_for(size_t{0}, rows.size(), [&](size_t file) { suspects.look_into(rows[file]); });
  for (FileRows& of_file : rows) {
    std::erase_if(of_file.rows, [&](const Resolution& row) { return suspects.is_set(row); });
  }
}

}  // namespace headwater::resolve
