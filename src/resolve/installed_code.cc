#include "resolve/installed_code.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "model/import_graph.h"
#include "resolve/branches.h"
#include "resolve/texts.h"

namespace headwater::resolve {
namespace {

/// Whether anything that is installed can fail for a reason that is known.
bool may_fail(const PythonEnvironment& environment) {
  std::unordered_set<std::string_view> present;
  for (const Distribution& one : environment.distributions) present.insert(one.normalized_name);
  return std::ranges::any_of(environment.distributions, [&](const Distribution& one) {
    return one.files.wholeness == Wholeness::kDamaged || !one.built_for.empty() ||
           std::ranges::any_of(one.requires_dist, [&](const std::string& required) {
             return !present.contains(required);
           });
  });
}

bool is_read(const Node& node) {
  return node.state == NodeState::kFound && node.origin == ModuleOrigin::kThirdParty &&
         node.file_id == UINT32_MAX && node.file.ends_with(".py");
}

class Reach {
 public:
  Reach(const World& world, const SearchContext& context) : world_(world), context_(context) {}

  std::vector<InstalledModule> run(const std::vector<FileRows>& first_party) {
    for (size_t file = 0; file < first_party.size(); ++file) {
      const FileFacts& facts = world_.scanned.facts[file];
      for (const Resolution& row : first_party[file].rows) {
        const EdgeClass when = edge_kind(facts.imports()[row.import]).runs;
        const bool runs = contains(kImportTime | only(EdgeClass::kScript), when);
        if (runs && row.target != UINT32_MAX) enter(world_.finder.node(row.target));
      }
    }
    while (!next_.empty()) {
      const size_t begin = found_.size();
      for (const Node* node : next_) found_.emplace_back().node = node;
      next_.clear();
      tbb::parallel_for(begin, found_.size(), [&](size_t i) { read(found_[i]); });
      for (size_t i = begin; i < found_.size(); ++i) {
        for (const Resolution& row : found_[i].rows.rows) {
          if (row.target != UINT32_MAX) enter(world_.finder.node(row.target));
        }
      }
    }
    return sorted();
  }

 private:
  /// A module and the packages that are imported before it.
  void enter(const Node& node) {
    const bool is_installed = node.origin == ModuleOrigin::kThirdParty;
    if (node.state != NodeState::kFound || !is_installed || !seen_.insert(&node).second) return;
    if (is_read(node)) next_.push_back(&node);
    const size_t dot = node.name.rfind('.');
    if (dot == std::string::npos) return;
    enter(*world_.finder.find(context_, std::string_view(node.name).substr(0, dot)).node);
  }

  void read(InstalledModule& module) const {
    const auto text = world_.file_system.read(module.node->file);
    if (!text) return;
    module.facts = world_.scan(*text);
    decide_branches(module.facts, world_.environment);
    module.is_in_doubt = is_in_doubt(*module.node, *text);
    if (!module.facts.syntax_faults().empty()) return;
    for (uint32_t i = 0; i < module.facts.imports().size(); ++i) {
      if (contains(kImportTime, edge_kind(module.facts.imports()[i]).runs))
        resolve_import(module, i);
    }
  }

  void resolve_import(InstalledModule& module, uint32_t index) const {
    const Import& import = module.facts.imports()[index];
    const std::string dotted = absolute_name(module, import);
    if (dotted.empty()) return;
    const Lookup lookup = world_.finder.find(context_, dotted);
    Resolution row;
    row.import = index;
    if (lookup.node->state == NodeState::kMissing) {
      if (lookup.parent) row.target = lookup.parent->serial;
      const bool is_known = world_.is_known(dotted);
      const bool open = is_known || world_.may_have_hidden(lookup);
      row.outcome = open ? Outcome::kUnknown : Outcome::kMissing;
      row.failure = open ? FailureKind::kNone : FailureKind::kMissingModule;
      row.wanted = static_cast<uint32_t>(module.rows.wanted.size());
      module.rows.wanted.push_back({dotted, is_known ? std::string() : lookup.node->name, {}});
      module.rows.rows.push_back(row);
      return;
    }
    row.target = lookup.node->serial;
    row.outcome = Outcome::kModule;
    module.rows.rows.push_back(row);
    if (!import.is_from || !lookup.node->is_package) return;
    for (uint32_t i = import.first_name; i < import.first_name + import.name_count; ++i) {
      const auto name = module.facts.name(module.facts.imported_names()[i].name);
      if (name == "*") continue;
      const Node& submodule = world_.finder.submodule(*lookup.node, name);
      row.name = i;
      if (submodule.state == NodeState::kMissing) {
        const bool is_folder = lookup.node->kind == ModuleKind::kNamespacePackage;
        if (!is_folder && world_.installed.lost(submodule.name) == nullptr) continue;
        row.outcome = Outcome::kMissing;
        row.failure = FailureKind::kMissingSymbol;
        module.rows.rows.push_back(row);
        return;
      }
      row.target = submodule.serial;
      module.rows.rows.push_back(row);
    }
  }

  bool is_in_doubt(const Node& node, std::string_view text) const {
    if (world_.installed.lost(node.name) != nullptr) return true;
    return world_.installed.may_lack_modules(node.name) &&
           (has_word(text, "import_module") || has_word(text, "__import__"));
  }

  /// Rule 16; empty where the dots lead nowhere.
  static std::string absolute_name(const InstalledModule& module, const Import& import) {
    const std::string_view written = module.facts.name(import.module);
    if (import.level == 0) return std::string(written);
    std::string package = module.node->name;
    for (uint32_t up = module.node->is_package ? 1 : 0; up < import.level; ++up) {
      const size_t dot = package.rfind('.');
      if (dot == std::string::npos) return {};
      package.resize(dot);
    }
    if (!written.empty()) package.append(1, '.').append(written);
    return package;
  }

  std::vector<InstalledModule> sorted() {
    std::ranges::sort(found_, [](const InstalledModule& a, const InstalledModule& b) {
      return std::tie(a.node->name, a.node->file) < std::tie(b.node->name, b.node->file);
    });
    std::unordered_map<uint32_t, size_t> place;  // by serial
    for (size_t i = 0; i < found_.size(); ++i) place.emplace(found_[i].node->serial, i);
    for (size_t i = 0; i < found_.size(); ++i) {
      drop_attributes(found_[i], place);
      for (Resolution& row : found_[i].rows.rows) row.file = FileId{static_cast<uint32_t>(i)};
    }
    return std::move(found_);
  }

  /// Whether the package binds the name that the row of `module` asks for: in its own body, before.
  static bool has_attribute(const FileFacts& facts, const InstalledModule& module,
                            const Resolution& row, uint32_t package) {
    const bool is_own = package == module.node->serial;
    const uint32_t line = module.facts.imports()[row.import].line;
    const auto name = module.facts.name(module.facts.imported_names()[row.name].name);
    return std::ranges::any_of(facts.bindings(), [&](const Binding& bound) {
      return facts.name(bound.name) == name && (!is_own || bound.line < line);
    });
  }

  /// An attribute of a package wins over a submodule of its name, which is not loaded then, nor
  /// missed.
  void drop_attributes(InstalledModule& module, const std::unordered_map<uint32_t, size_t>& place) {
    uint32_t package = UINT32_MAX;
    std::erase_if(module.rows.rows, [&](Resolution& row) {
      if (row.name == UINT32_MAX) package = row.target;
      if (row.name == UINT32_MAX) return false;
      const auto found = place.find(package);
      const FileFacts* const facts = found == place.end() ? nullptr : &found_[found->second].facts;
      if (facts != nullptr && has_attribute(*facts, module, row, package)) return true;
      const bool may_have_it =
          facts == nullptr
              ? world_.finder.node(package).kind != ModuleKind::kNamespacePackage
              : facts->has_getattr || facts->dynamic_markers != 0 || !facts->stars().empty();
      if (row.failure != FailureKind::kNone && may_have_it) row.outcome = Outcome::kUnknown;
      return false;
    });
  }

  const World& world_;
  const SearchContext& context_;
  std::unordered_set<const Node*> seen_;
  std::vector<const Node*> next_;
  std::vector<InstalledModule> found_;
};

}  // namespace

bool reaches_installed(const World& world) {
  return world.scan != nullptr && may_fail(world.environment);
}

std::vector<InstalledModule> reach_installed(const World& world, const SearchContext& context,
                                             const std::vector<FileRows>& first_party) {
  if (!reaches_installed(world)) return {};
  return Reach(world, context).run(first_party);
}

}  // namespace headwater::resolve
