#include "resolve/outside_names.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <iterator>
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
    return std::ranges::none_of(setter, [](const auto& symbol) {
      return symbol.second.load(std::memory_order_relaxed) == ResolveTrace::kNobody;
    });
  }
  void set_all(uint32_t by) {
    for (auto& [name, known] : setter) known = by;
  }

  const Node* module;
  std::map<std::string_view, std::atomic<uint32_t>> setter{};  // by symbol
  std::vector<uint32_t> asked{};                               // to know whether it is itself
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
        Suspect*& suspect = by_serial_[row.target];
        if (suspect == nullptr) suspect = &all_.emplace_back(&module);
        add(*suspect, name_of(row), ResolveTrace::kNobody);
      }
    }
    tbb::parallel_for(size_t{0}, all_.size(), [&](size_t i) { look_at_itself(all_[i]); });
    give_roles();
  }

  /// Of suspects that are known already. What stands for modules that no row leads to is not of the
  /// finder.
  Suspects(const World& world, const std::vector<ResolveTrace::Suspect>& known,
           const std::vector<Module>& modules)
      : world_(world) {
    std::unordered_multimap<std::string_view, Suspect*> by_name;
    for (const ResolveTrace::Suspect& one : known) {
      const Module& module = modules[one.module];
      Node& node = stand_ins_.emplace_back();
      node.name = module.name;
      node.file = module.file;
      node.kind = module.kind;
      node.origin = module.origin;
      node.file_id = module.file_id;
      node.is_package = module.kind == ModuleKind::kPackage;
      Suspect& suspect = all_.emplace_back(&node);
      for (const ResolveTrace::Missing& each : one.missing) add(suspect, each.name, each.setter);
      by_name.emplace(node.name, &suspect);
    }
    for (uint32_t serial = 0; serial < world.finder.node_count(); ++serial) {
      const Node& node = world.finder.node(serial);
      const auto [begin, end] = by_name.equal_range(node.name);
      for (auto at = begin; at != end; ++at) {
        if (at->second->module->file == node.file) by_serial_.emplace(serial, at->second);
      }
    }
    give_roles();
  }

  bool empty() const { return all_.empty(); }
  std::deque<Suspect>& all() { return all_; }
  /// Whether the row is about no symbol that is not known to be missing.
  bool knows(const Resolution& row) const {
    if (!is_suspect(row)) return true;
    const auto found = by_serial_.find(row.target);
    return found != by_serial_.end() && found->second->setter.contains(name_of(row));
  }

  std::vector<SuspectModule> modules() const {
    std::vector<SuspectModule> made;
    for (const auto& [serial, suspect] : by_serial_) {
      SuspectModule& one = made.emplace_back(SuspectModule{serial, {}, suspect->asked});
      for (const auto& [name, by] : suspect->setter) one.missing.push_back({std::string(name), by});
    }
    return made;
  }

  /// Looks into one file for assignments to the modules that it imports.
  void look_into(const FileRows& of_file) {
    std::set<Suspect*> imported;
    for (const Resolution& row : of_file.rows) {
      if (row.target == UINT32_MAX || roles_[row.target] == 0) continue;
      if (roles_[row.target] & kIsSuspect && has_in_hand(row)) {
        imported.insert(by_serial_.at(row.target));
      }
      if (roles_[row.target] & kIsParent) add_imported_from(row, imported);
    }
    std::erase_if(imported, [](const Suspect* suspect) { return suspect->is_settled(); });
    if (imported.empty()) return;
    const uint32_t file = index_of(of_file.rows[0].file);
    const std::string& path = world_.tree.files[file].path;
    const auto text = world_.file_system.read(join_path(world_.tree.root, path));
    const auto by_name = text ? modules_set_by_name(*text) : std::vector<std::string_view>();
    for (Suspect* suspect : imported) {
      const std::string_view module = last_part(suspect->module->name);
      if (!text || std::ranges::find(by_name, module) != by_name.end()) suspect->set_all(file);
    }
    if (!text) return;
    size_t at = 0;
    for (auto name = next_assigned_attribute(*text, at); !name.empty();
         name = next_assigned_attribute(*text, at)) {
      if (!names_.contains(name)) continue;
      for (Suspect* suspect : imported) {
        const auto symbol = suspect->setter.find(name);
        if (symbol != suspect->setter.end()) symbol->second = file;
      }
    }
  }

  void withdraw(std::vector<FileRows>& rows) const {
    for (FileRows& of_file : rows) {
      for (Resolution& row : of_file.rows) {
        if (!is_set(row)) continue;
        row.outcome = Outcome::kUnshown;
        row.failure = FailureKind::kNone;
        row.wanted = UINT32_MAX;
      }
    }
  }

  void look_at_itself(Suspect& suspect) const {
    if (is_library(*suspect.module)) return;
    world_.asked.begin();
    world_.asked.note(suspect.module->file_id);
    const auto text = world_.file_system.read(suspect.module->file);
    const bool is_helped = !text || may_be_helped(*suspect.module, *text);
    for (auto& [name, setter] : suspect.setter) {
      const bool is_set = is_helped || may_be_bound_by_text(*suspect.module, *text, name);
      if (is_set) setter = ResolveTrace::kItself;
    }
    suspect.asked = world_.asked.take();
  }

 private:
  static constexpr uint8_t kIsSuspect = 1;
  static constexpr uint8_t kIsParent = 2;

  void add(Suspect& suspect, std::string_view name, uint32_t setter) {
    suspect.setter.try_emplace(name, setter);
    names_.insert(name);
  }

  void give_roles() {
    for (Suspect& suspect : all_) by_parent_[parent_of(suspect.module->name)].push_back(&suspect);
    roles_.resize(all_.empty() ? 0 : world_.finder.node_count());
    tbb::parallel_for(size_t{0}, roles_.size(), [&](size_t serial) {
      const Node& node = world_.finder.node(static_cast<uint32_t>(serial));
      if (by_serial_.contains(static_cast<uint32_t>(serial))) roles_[serial] |= kIsSuspect;
      if (node.is_package && by_parent_.contains(node.name)) roles_[serial] |= kIsParent;
    });
  }

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

  bool is_set(const Resolution& row) const {
    return is_suspect(row) &&
           by_serial_.at(row.target)->setter.at(name_of(row)) != ResolveTrace::kNobody;
  }

  /// Whether a module that this one imports may set names on it: when it is called, or as a base of
  /// its classes. Whether it does is for the simulation.
  bool may_be_helped(const Node& module, std::string_view text) const {
    const FileFacts& facts = world_.scanned.facts[module.file_id];
    const auto name_of = [&](const Import& import) {
      std::string storage;
      const AbsoluteName asked = world_.absolute_name(module.file_id, import, storage);
      const bool is_formed = asked.state == AbsoluteName::State::kFormed;
      return is_formed ? std::string(asked.dotted) : std::string();
    };
    const auto is_used = [&](std::string_view name, Helper how) {
      return calls_when_run(text, name) || (how == Helper::kOfClasses && is_class_base(text, name));
    };
    return world_.uses_helper(facts, module.file_id, false, name_of, is_used);
  }
  bool may_be_bound_by_text(const Node& module, std::string_view text,
                            std::string_view name) const {
    const FileFacts& facts = world_.scanned.facts[module.file_id];
    for (uint32_t i = 0; i < facts.name_states().size(); ++i) {
      // It is assigned, and deleted again.
      if (facts.name_states()[i] != NameState::kNone && facts.name(NameId{i}) == name) return false;
    }
    return has_keyword(text, name) || may_replace_itself(text) || reaches_its_names(text);
  }

  const World& world_;
  std::deque<Node> stand_ins_;
  std::deque<Suspect> all_;
  std::unordered_map<uint32_t, Suspect*> by_serial_;
  std::unordered_map<std::string_view, std::vector<Suspect*>> by_parent_;
  std::unordered_set<std::string_view> names_;  // of all missing symbols
  std::vector<uint8_t> roles_;                  // by serial
};

}  // namespace

std::vector<SuspectModule> withdraw_names_set_from_outside(const World& world,
                                                           std::vector<FileRows>& rows) {
  Suspects suspects(world, rows);
  if (suspects.empty()) return {};
  tbb::parallel_for(size_t{0}, rows.size(), [&](size_t file) { suspects.look_into(rows[file]); });
  suspects.withdraw(rows);
  return suspects.modules();
}

bool withdraw_again(const World& world, const std::vector<ResolveTrace::Suspect>& known,
                    const std::vector<Module>& modules, const std::vector<uint32_t>& changed,
                    const std::vector<uint32_t>& redone, std::vector<FileRows>& rows) {
  Suspects suspects(world, known, modules);
  for (size_t i = 0; i < known.size(); ++i) {
    Suspect& suspect = suspects.all()[i];
    std::vector<uint32_t> common;
    std::ranges::set_intersection(known[i].asked, changed, std::back_inserter(common));
    for (auto& [name, setter] : suspect.setter) {
      const bool is_open = setter == ResolveTrace::kItself
                               ? !common.empty()
                               : std::ranges::binary_search(redone, setter.load());
      if (is_open) setter = ResolveTrace::kNobody;
    }
    if (!common.empty()) suspects.look_at_itself(suspect);
  }
  for (const FileRows& of_file : rows) {
    const bool is_known = std::ranges::all_of(
        of_file.rows, [&](const Resolution& row) { return suspects.knows(row); });
    if (!is_known) return false;
    if (!suspects.empty()) suspects.look_into(of_file);
  }
  for (size_t i = 0; i < known.size(); ++i) {
    for (const ResolveTrace::Missing& each : known[i].missing) {
      const bool was_set = each.setter != ResolveTrace::kNobody;
      const bool is_set = suspects.all()[i].setter.at(each.name) != ResolveTrace::kNobody;
      if (was_set != is_set) return false;
    }
  }
  suspects.withdraw(rows);
  return true;
}

}  // namespace headwater::resolve
