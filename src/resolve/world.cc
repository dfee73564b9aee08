#include "resolve/world.h"

#include <algorithm>
#include <array>

#include "base/paths.h"
#include "model/known_distributions.h"
#include "model/library_names.h"
#include "model/requirement.h"
#include "resolve/texts.h"

namespace headwater::resolve {
namespace {

/// `*` and `?` over the whole dotted name.
bool glob_matches(std::string_view pattern, std::string_view text) {
  size_t p = 0, t = 0, star = std::string_view::npos, retry = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == text[t] || pattern[p] == '?')) {
      ++p, ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  return std::ranges::all_of(pattern.substr(p), [](char c) { return c == '*'; });
}

/// Helpers that extend the `__path__` of the package that calls them.
bool extends_paths(std::string_view module) {
  return module == "pkgutil" || module == "pkg_resources";
}

bool facts_extend_paths(const FileFacts& facts) {
  return std::ranges::any_of(
             facts.imports(),
             [&](const Import& i) { return extends_paths(facts.name(i.module)); }) ||
         std::ranges::any_of(facts.string_references(), [&](const StringReference& reference) {
           return extends_paths(facts.name(reference.module));
         });
}

/// Installed modules are not scanned; these words in their text leave submodules open.
bool text_may_add_modules(const FileSystem& file_system, const std::string& file) {
  if (!file.ends_with(".py")) return true;
  const auto text = file_system.read(file);
  if (!text) return true;
  constexpr std::array<std::string_view, 6> kWords = {
      "__path__", "sys.modules", "meta_path", "__getattr__", "extend_path", "declare_namespace"};
  return std::ranges::any_of(
      kWords, [&](std::string_view word) { return text->find(word) != std::string::npos; });
}

}  // namespace

AbsoluteName World::absolute_name(uint32_t file, const Import& import, std::string& storage) const {
  using State = AbsoluteName::State;
  const std::string_view written = scanned.facts[file].name(import.module);
  if (import.level == 0) return {State::kFormed, written};
  // A notebook is `__main__` without a package, wherever it lies.
  if (tree.files[file].kind == FileKind::kNotebook) return {State::kNoPackage, {}};
  std::string_view package = names.package[file];
  bool inside = !package.empty();
  for (uint32_t dots = 1; inside && dots < import.level; ++dots) {
    const size_t dot = package.rfind('.');
    inside = dot != std::string_view::npos;
    package = package.substr(0, inside ? dot : 0);
  }
  if (!inside) {
    // A root that is itself a package may be imported from above, where the dots lead somewhere.
    const uint32_t root = names.root[file];
    const bool certain = !names.name[file].empty() && root != UINT32_MAX &&
                         !file_system.is_file(join_path(names.root_folders[root], "__init__.py"));
    return {certain ? State::kNoPackage : State::kUnknown};
  }
  storage = package;
  if (!written.empty()) storage.append(1, '.').append(written);
  return {State::kFormed, storage};
}

std::vector<std::string> World::registered_by(uint32_t file) const {
  std::vector<std::string> all;
  if (!(scanned.facts[file].dynamic_markers & kDynamicSysModules) || is_test(file)) return all;
  const auto text = file_system.read(join_path(tree.root, tree.files[file].path));
  if (!text) return all;
  size_t at = 0;
  for (auto name = next_registered_module(*text, at); !name.empty();
       name = next_registered_module(*text, at)) {
    all.emplace_back(name);
  }
  return all;
}

bool World::is_registered(uint32_t file, std::string_view dotted) const {
  const bool registers = (scanned.facts[file].dynamic_markers & kDynamicSysModules) != 0;
  if (registers && is_test(file)) return true;
  if (registered.empty()) return false;
  for (size_t end = dotted.find('.'); end != std::string_view::npos;
       end = dotted.find('.', end + 1)) {
    if (registered.contains(std::string(dotted.substr(0, end)))) return true;
  }
  return registered.contains(std::string(dotted));
}

bool World::is_known(std::string_view dotted) const {
  return std::ranges::any_of(known_modules, [&](const std::string& pattern) {
    // A known module brings its submodules.
    for (size_t end = dotted.find('.'); end != std::string_view::npos;
         end = dotted.find('.', end + 1)) {
      if (glob_matches(pattern, dotted.substr(0, end))) return true;
    }
    return glob_matches(pattern, dotted);
  });
}

bool World::may_be_elsewhere(uint32_t file, std::string_view dotted) const {
  const SearchContext& path = contexts.of(file);
  const std::string_view top = dotted.substr(0, dotted.find('.'));
  // The file's own package is loaded, and has its submodules in its own folder.
  const std::string_view own = names.name[file];
  const bool is_in_own_package = own.size() > top.size() && own.starts_with(top) &&
                                 own[top.size()] == '.' && dotted.size() > top.size();
  if (path.is_open && !is_in_own_package) return true;
  const auto leads_on = [&](const SearchContext& variant) {
    const Lookup lookup = finder.find(variant, dotted);
    return lookup.node->state != NodeState::kMissing || may_have_hidden(lookup);
  };
  if (path.doubtful.empty()) return false;
  // The finder remembers what it finds with each of the folders, and mostly none has the name.
  if (!contexts.is_in_doubtful_folder(top)) return leads_on(path);
  return std::ranges::any_of(path.doubtful, leads_on);
}

bool World::may_have_hidden_submodules(const Node& parent) const {
  asked.note(parent.file_id);
  if (parent.state == NodeState::kTable || parent.kind == ModuleKind::kExtension) return true;
  if (parent.kind == ModuleKind::kNamespacePackage) {
    // Without installed packages, a bare folder is found where a distribution's package would be.
    if (environment.has_packages()) return parent.portions.empty();
    if (may_be_shared(parent.name)) return true;
    return std::ranges::none_of(parent.portions, [](const Folder* portion) {
      return std::ranges::any_of(portion->entries(),
                                 [](const auto& entry) { return entry.flags & kEntryModule; });
    });
  }
  if (parent.file_id == UINT32_MAX || !scanned.was_read[parent.file_id]) {
    return text_may_add_modules(file_system, parent.file) ||
           (parent.is_package && module_hooks_imports(std::string(parent_path(parent.file))));
  }
  const FileFacts& facts = scanned.facts[parent.file_id];
  if (!facts.syntax_faults().empty()) return true;
  if (facts.dynamic_markers & (kDynamicPath | kDynamicSysModules)) return true;
  // A package has a `__path__`, so its `__getattr__` is never asked for one.
  if (!parent.is_package) return facts.has_getattr;
  const auto depth = static_cast<size_t>(std::ranges::count(parent.name, '.'));
  return facts_extend_paths(facts) ||
         hooks_imports(std::string(parent_path(parent.file)), depth + 1) ||
         imports_a_hook(parent.file_id);
}

bool World::may_have_hidden(const Lookup& missing) const {
  if (missing.parent == nullptr) return false;
  const Node& parent = *missing.parent;
  if (parent.origin == ModuleOrigin::kStandardLibrary) {
    const std::string_view name =
        std::string_view(missing.node->name).substr(parent.name.size() + 1);
    const LibraryName told = library_submodule(environment, parent.name, name);
    if (told == LibraryName::kLacks) return false;
    if (told == LibraryName::kHas && !parent.is_package) return true;
  }
  return may_have_hidden_submodules(parent);
}

std::vector<std::string_view> declared_distributions(const std::vector<Project>& projects) {
  std::vector<std::string_view> names;
  for (const Project& project : projects) {
    for (const DeclaredDependency& dependency : project.dependencies) {
      names.push_back(dependency.normalized_name);
    }
  }
  std::ranges::sort(names);
  return names;
}

bool World::may_be_shared(std::string_view namespace_package) const {
  if (declared.empty()) return true;
  const auto first = namespace_package.substr(0, namespace_package.find('.'));
  if (!known_distribution(first).empty()) return true;
  const std::string prefix = normalized_distribution_name(first);
  const auto at = std::ranges::lower_bound(declared, prefix);
  return at != declared.end() && at->starts_with(prefix);
}

bool World::uses_helper(
    const FileFacts& facts, uint32_t file, bool library_helps,
    const std::function<std::string(const Import&)>& name_of,
    const std::function<bool(std::string_view name, Helper how)>& is_used) const {
  const auto how_it_helps = [&](const Node& node) {
    const bool is_library = node.origin == ModuleOrigin::kStandardLibrary;
    if (!node.file.ends_with(".py") || (is_library && !library_helps)) return Helper::kNone;
    asked.note_path(node.file);
    auto known = helpers.find(node.file);
    if (known == helpers.end()) {
      const auto text = file_system.read(node.file);
      const bool helps = !text || sets_names_of_others(*text);
      const Helper how = !helps                          ? Helper::kNone
                         : !text || hooks_classes(*text) ? Helper::kOfClasses
                                                         : Helper::kWhenCalled;
      known = helpers.emplace(node.file, how).first;
    }
    return known->second;
  };
  return std::ranges::any_of(facts.imports(), [&](const Import& import) {
    if (import.never_runs || import.only_as_script || (import.guards & kGuardTypeChecking)) {
      return false;
    }
    const std::string dotted = name_of(import);
    if (dotted.empty()) return false;
    const Node& helper = *find(file, dotted).node;
    const Helper of_all = how_it_helps(helper);
    const auto imported = facts.imported_names().subspan(import.first_name, import.name_count);
    return std::ranges::any_of(imported, [&](const ImportedName& each) {
      const std::string_view name = facts.name(each.name);
      const bool is_submodule = import.is_from && helper.is_package && name != "*";
      Helper how = of_all;
      if (is_submodule) how = std::max(how, how_it_helps(finder.submodule(helper, name)));
      if (how == Helper::kNone) return false;
      const std::string_view called = facts.name(each.as_name);
      return name == "*" || is_used(called.substr(0, called.find('.')), how);
    });
  });
}

bool World::module_hooks_imports(const std::string& folder) const {
  const auto entries = file_system.list(folder);
  return !entries || std::ranges::any_of(*entries, [&](const DirectoryEntry& entry) {
    return entry.name.ends_with(".py") && names_meta_path(join_path(folder, entry.name));
  });
}

bool World::hooks_imports(std::string folder, size_t depth) const {
  for (; depth > 0; --depth, folder = parent_path(folder)) {
    if (names_meta_path(join_path(folder, "__init__.py"))) return true;
  }
  return false;
}

bool World::imports_a_hook(uint32_t package) const {
  const FileFacts& facts = scanned.facts[package];
  const std::string& own = names.name[package];
  const std::string folder = join_path(tree.root, parent_path(tree.files[package].path));
  const auto hooks_it = [&](std::string_view module) {
    return names_meta_path(join_path(folder, std::string(module) + ".py"));
  };
  std::string storage;
  for (const Import& import : facts.imports()) {
    const AbsoluteName name = absolute_name(package, import, storage);
    if (import.never_runs || !name.dotted.starts_with(own)) continue;
    const std::string_view below = name.dotted.substr(own.size());
    if (below.starts_with('.')) {
      if (hooks_it(below.substr(1, below.find('.', 1) - 1))) return true;
    } else if (below.empty() && import.is_from) {
      const auto names_of = facts.imported_names().subspan(import.first_name, import.name_count);
      const auto hooks_so = [&](const ImportedName& one) { return hooks_it(facts.name(one.name)); };
      if (std::ranges::any_of(names_of, hooks_so)) return true;
    }
  }
  return false;
}

bool World::names_meta_path(const std::string& file) const {
  asked.note_path(file);
  auto known = hooks.find(file);
  if (known == hooks.end()) {
    const auto text = file_system.read(file);
    known = hooks.emplace(file, text && has_word(*text, "meta_path")).first;
  }
  return known->second;
}

}  // namespace headwater::resolve
