#include "pipeline/module_world.h"

#include <algorithm>

#include "base/paths.h"
#include "model/library_names.h"
#include "model/requirement.h"
#include "resolve/on_demand.h"
#include "scan/python/scanner.h"
#include "scan/python/syntax/parser.h"

namespace headwater::pipeline {
namespace {

using attribute::FoundModule;
using attribute::OpaqueNames;
using attribute::ParsedModule;
using resolve::Node;
using resolve::NodeState;

constexpr uint64_t kLargestSource = 64 << 20;  // bytes; larger ones are opaque

/// What of the facts of a library module tells that more names are bound than are seen.
bool fills_namespace(const FileFacts& facts) {
  constexpr DynamicMarkers kWriters =
      kDynamicGlobals | kDynamicVars | kDynamicLocals | kDynamicSetattr | kDynamicExec;
  return !facts.stars().empty() || (facts.dynamic_markers & kWriters) != 0;
}

}  // namespace

/// Only top-level names depend on the order of the roots; what lies below is found from its
/// package.
class ModuleWorld::View final : public attribute::ModuleSource {
 public:
  View(const ModuleWorld& world, resolve::SearchContext context)
      : world_(world), context_(std::move(context)) {}

  const FoundModule* find_top(std::string_view name) const override {
    return world_.find_top(context_, name);
  }
  const FoundModule* find_in(const FoundModule& parent, std::string_view last) const override {
    return world_.find_in(parent, last);
  }
  const ParsedModule& parse(const FoundModule& module) const override {
    return world_.parse(module);
  }
  const OpaqueNames& opaque_names(const FoundModule& module) const override {
    return world_.opaque_names(module);
  }
  bool library_lacks(const FoundModule& module, std::string_view name) const override {
    return world_.library_lacks(module, name);
  }
  std::vector<std::string> loaded_on_demand(const FoundModule& module,
                                            std::string_view name) const override {
    return world_.loaded_on_demand(module, name);
  }
  bool is_lost(std::string_view dotted) const override { return world_.is_lost(dotted); }
  attribute::DistributionState distribution(std::string_view normalized_name) const override {
    return world_.distribution(normalized_name);
  }
  bool is_startup(std::string_view name) const override { return world_.is_startup(name); }
  bool may_be_loaded_at_start(std::string_view name) const override {
    return world_.may_be_loaded_at_start(name);
  }
  bool library_is_shadowed() const override { return world_.library_is_shadowed(); }
  PythonVersion version() const override { return world_.version(); }
  std::string_view platform() const override { return world_.platform(); }

 private:
  const ModuleWorld& world_;
  const resolve::SearchContext context_;  // the finder knows it by its address
};

bool may_be_installed(const PythonEnvironment& environment, std::string_view name) {
  if (environment.may_serve(name)) return true;
  const bool is_told = environment.has_packages() && !environment.is_locked(name);
  return !is_told && !environment.standard_library.names.contains(std::string(name));
}

ModuleWorld::ModuleWorld(const FileSystem& files, const std::vector<std::string>& roots,
                         const PythonEnvironment& environment, bool standard_library_first,
                         Unfound unfound, const std::unordered_set<std::string>* run_only,
                         const std::unordered_set<std::string>* in_doubt)
    : files_(files),
      environment_(environment),
      folders_(files, environment),
      finder_(folders_, resolve::search_entries(roots, environment, standard_library_first), {},
              environment, no_file_ids_),
      start_up_(files, folders_, environment, scan::scan_python),
      installed_(environment),
      platform_(environment.system_platform()),
      roots_(roots),
      unfound_(unfound),
      run_only_(run_only),
      in_doubt_(in_doubt),
      library_is_shadowed_(find_shadowing(roots, standard_library_first)) {}

ModuleWorld::~ModuleWorld() = default;

const attribute::ModuleSource& ModuleWorld::seen_from(const std::vector<std::string>& first_roots) {
  resolve::SearchContext context;
  const std::vector<resolve::SearchEntry>& path = finder_.search_path();
  for (const std::string& root : first_roots) {
    const auto entry = std::ranges::find(path, root, &resolve::SearchEntry::path);
    if (entry == path.end()) continue;
    context.first_entries.push_back(static_cast<uint32_t>(entry - path.begin()));
  }
  return *views_.emplace_back(std::make_unique<View>(*this, std::move(context)));
}

bool ModuleWorld::find_shadowing(const std::vector<std::string>& roots,
                                 bool standard_library_first) const {
  if (standard_library_first) return false;
  const StandardLibrary& library = environment_.standard_library;
  return std::ranges::any_of(roots, [&](const std::string& root) {
    return std::ranges::any_of(folders_.get(root).entries(), [&](const auto& entry) {
      const std::string name(entry.name);
      return (entry.flags & (resolve::kEntryModule | resolve::kEntryFolder)) != 0 &&
             library.names.contains(name) && !library.unshadowable.contains(name);
    });
  });
}

bool ModuleWorld::is_certainly_absent(const Node& node) const {
  if (node.state == NodeState::kMissing) return true;
  if (node.state == NodeState::kFound) return false;
  // The table knows modules of other platforms and builds; where the library is on the disk, it
  // says what is there.
  const StandardLibrary& library = environment_.standard_library;
  return !library.folders.empty() && !library.builtin_names.contains(node.name) &&
         !library.unshadowable.contains(node.name);
}

const FoundModule* ModuleWorld::known(const Node& node) const {
  if (is_certainly_absent(node)) return nullptr;
  decltype(known_)::const_accessor there;
  if (known_.find(there, &node)) return there->second.get();
  decltype(known_)::accessor made;
  if (!known_.insert(made, &node)) return made->second.get();
  auto module = std::make_unique<Known>();
  module->name = node.name;
  module->file = node.file;
  module->kind = node.state == NodeState::kTable ? ModuleKind::kBuiltin : node.kind;
  module->origin = node.state == NodeState::kTable ? ModuleOrigin::kStandardLibrary : node.origin;
  // Of a module that only the table knows, nobody says whether it is a package.
  module->is_unseen = is_of_table_alone(node);
  module->is_package = node.is_package || module->is_unseen;
  module->is_closed = run_only_ != nullptr && module->origin != ModuleOrigin::kStandardLibrary &&
                      module->kind != ModuleKind::kNamespacePackage &&
                      !run_only_->contains(module->file);
  module->may_fail = in_doubt_ != nullptr && in_doubt_->contains(module->file);
  module->node = &node;
  made->second = std::move(module);
  return made->second.get();
}

bool ModuleWorld::is_of_table_alone(const Node& node) const {
  const StandardLibrary& library = environment_.standard_library;
  return node.state == NodeState::kTable && library.folders.empty() &&
         !library.builtin_names.contains(node.name);
}

const FoundModule* ModuleWorld::unseen(std::string_view dotted, ModuleOrigin origin) const {
  decltype(unseen_)::accessor made;
  if (unseen_.insert(made, std::string(dotted))) {
    made->second = std::make_unique<Known>();
    made->second->name = dotted;
    made->second->kind = ModuleKind::kExtension;
    made->second->origin = origin;
    made->second->is_package = made->second->is_unseen = true;
  }
  return made->second.get();
}

bool ModuleWorld::may_be_installed(const Node& node) const {
  if (node.state != NodeState::kMissing) return false;
  return unfound_ == Unfound::kIsMissing ? environment_.may_serve(node.name)
                                         : pipeline::may_be_installed(environment_, node.name);
}

const FoundModule* ModuleWorld::find_top(const resolve::SearchContext& context,
                                         std::string_view name) const {
  const Node& node = finder_.top_level(context, name);
  return may_be_installed(node) ? unseen(name, ModuleOrigin::kThirdParty) : known(node);
}

const FoundModule* ModuleWorld::find_top(std::string_view name) const {
  return find_top(context_, name);
}

const FoundModule* ModuleWorld::find_in(const FoundModule& parent, std::string_view last) const {
  const bool is_library = parent.origin == ModuleOrigin::kStandardLibrary;
  const LibraryName told =
      is_library ? library_submodule(environment_, parent.name, last) : LibraryName::kUnknown;
  if (!parent.is_package && told != LibraryName::kHas) return nullptr;
  const Node* const node = static_cast<const Known&>(parent).node;
  if (node == nullptr || is_of_table_alone(*node) || !parent.is_package) {
    if (told == LibraryName::kLacks) return nullptr;
    return unseen(parent.name + "." + std::string(last), parent.origin);
  }
  return known(finder_.submodule(*node, last));
}

const ParsedModule& ModuleWorld::parse(const FoundModule& module) const {
  decltype(parsed_)::const_accessor there;
  if (parsed_.find(there, module.file)) return *there->second;
  auto parsed = std::make_unique<ParsedModule>();
  if (const auto text = files_.read(module.file, kLargestSource)) {
    scan::ParsedModule read = scan::parse_module(*text);
    parsed->tree = std::move(read.tree);
    parsed->was_read = !read.too_deep;
    if (!read.verdict.errors.empty()) parsed->error_line = read.verdict.errors.front().line;
  } else {
    parsed->was_read = false;
  }
  decltype(parsed_)::accessor made;
  if (parsed_.insert(made, module.file)) made->second = std::move(parsed);
  return *made->second;
}

void ModuleWorld::add_listed(const LibraryModuleNames& listed, OpaqueNames& names) const {
  const bool is_certain = platform_ == "linux" || !listed.is_by_platform;
  for (const auto name : listed.has) (is_certain ? names.names : names.possible).emplace(name);
  for (const auto name : listed.may_have) names.possible.emplace(name);
  names.has_hidden_names = listed.is_open || !is_certain;
  names.has_hidden_exports = listed.is_open || !names.possible.empty();
  for (const std::string_view name : listed.has) {
    if (!name.starts_with('_')) names.exports.emplace_back(name);
  }
}

void ModuleWorld::add_written(const FileFacts& facts, bool is_listed, OpaqueNames& names) const {
  const auto states = facts.name_states();
  for (uint32_t i = 0; i < states.size(); ++i) {
    const std::string name(facts.name(NameId{i}));
    const bool is_bound = states[i] == NameState::kAlways || states[i] == NameState::kMaybe;
    if (!is_bound || names.possible.contains(name)) continue;
    const bool is_new = names.names.insert(name).second;
    if (is_new && !is_listed && !name.starts_with('_')) names.exports.push_back(name);
  }
  const bool has_more = !facts.syntax_faults().empty() || facts.has_getattr;
  const bool is_filled = !is_listed && fills_namespace(facts);
  names.has_hidden_names |= has_more || is_filled;
  if (facts.exports_state == ExportsState::kLiteral) {
    names.exports.clear();
    for (const NameId name : facts.exports()) names.exports.emplace_back(facts.name(name));
    names.has_hidden_exports = false;
  } else {
    names.has_hidden_exports |= is_filled || facts.exports_state == ExportsState::kDynamic;
  }
}

std::unique_ptr<OpaqueNames> ModuleWorld::read_names(const FoundModule& module) const {
  auto names = std::make_unique<OpaqueNames>();
  if (module.is_closed) {
    names->has_hidden_names = names->has_hidden_exports = true;
    return names;
  }
  const auto listed = library_module_names(environment_, module.name);
  if (listed) add_listed(*listed, *names);
  const auto text = module.file.ends_with(".py") ? files_.read(module.file, kLargestSource)
                                                 : fail(ErrorCode::kNotFound, module.file, "");
  if (text) {
    add_written(scan::scan_python(*text), listed.has_value(), *names);
  } else {
    names->has_hidden_names |= !listed || listed->is_public_only;
    names->has_hidden_exports |= !listed;
  }
  return names;
}

const OpaqueNames& ModuleWorld::opaque_names(const FoundModule& module) const {
  // What is found lives as long as this world, and is asked for each name that is used of it.
  const auto* const key = &module;
  decltype(names_)::const_accessor there;
  if (names_.find(there, key)) return *there->second;
  auto names = read_names(module);
  decltype(names_)::accessor made;
  if (names_.insert(made, key)) made->second = std::move(names);
  return *made->second;
}

bool ModuleWorld::library_lacks(const FoundModule& module, std::string_view name) const {
  return library_name(environment_, module.name, name) == LibraryName::kLacks;
}

std::vector<std::string> ModuleWorld::loaded_on_demand(const FoundModule& module,
                                                       std::string_view name) const {
  if (module.origin == ModuleOrigin::kStandardLibrary || !module.file.ends_with(".py")) return {};
  const std::string key = module.file + '\0' + std::string(name);
  decltype(on_demand_)::const_accessor there;
  if (on_demand_.find(there, key)) return there->second;
  std::vector<std::string> modules;
  if (const auto text = files_.read(module.file, kLargestSource)) {
    const std::string package = resolve::package_of(module.name, module.is_package);
    modules = resolve::loaded_on_demand(scan::scan_python(*text), *text, package, name);
  }
  decltype(on_demand_)::accessor made;
  if (on_demand_.insert(made, key)) made->second = std::move(modules);
  return made->second;
}

bool ModuleWorld::is_lost(std::string_view dotted) const {
  return installed_.lost(dotted) != nullptr;
}

std::unordered_set<std::string> ModuleWorld::read_distributions_beside() const {
  std::unordered_set<std::string> names;
  for (const std::string& root : roots_) {
    const auto entries = files_.list(root);
    if (!entries) continue;
    for (const DirectoryEntry& entry : *entries) {
      const std::string_view name = entry.name;
      if (!name.ends_with(".egg-info") && !name.ends_with(".dist-info")) continue;
      const std::string_view stem = name.substr(0, name.rfind('.'));
      names.insert(normalized_distribution_name(stem.substr(0, stem.find('-'))));
    }
  }
  return names;
}

attribute::DistributionState ModuleWorld::distribution(std::string_view normalized_name) const {
  using enum attribute::DistributionState;
  if (installed_.named(normalized_name) != nullptr) return kInstalled;
  std::call_once(beside_is_read_, [&] { beside_ = read_distributions_beside(); });
  if (beside_.contains(std::string(normalized_name))) return kInstalled;
  // Start-up code may put folders with further ones on the path.
  const bool is_followed = std::ranges::all_of(environment_.path_lines, &PathLine::is_followed);
  const bool is_on_disk = environment_.has_packages() && !environment_.distributions.empty() &&
                          environment_.source != EnvironmentSource::kLockFiles;
  const bool is_told = unfound_ == Unfound::kIsMissing || is_on_disk;
  return is_followed && is_told ? kAbsent : kUnknown;
}

bool ModuleWorld::is_startup(std::string_view name) const {
  return environment_.standard_library.startup.contains(std::string(name));
}

bool ModuleWorld::may_be_loaded_at_start(std::string_view name) const {
  return environment_.standard_library.names.contains(std::string(name)) &&
         start_up_.may_have_loaded(name);
}

}  // namespace headwater::pipeline
