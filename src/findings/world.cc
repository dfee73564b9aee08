#include "findings/world.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/paths.h"
#include "model/known_distributions.h"
#include "model/library_names.h"
#include "model/requirement.h"

namespace headwater::findings {
namespace {

/// How much of what is asked for a distribution names, both normalized.
size_t reach_of(std::string_view name, std::string_view asked) {
  return asked == name || asked.starts_with(std::string(name) + '-') ? name.size() : 0;
}

/// A name that stands within that of a distribution by chance is shorter.
constexpr size_t kShortestPart = 6;

std::string without_dashes(std::string_view normalized_name) {
  std::string all(normalized_name);
  std::erase(all, '-');
  return all;
}

/// Not if the table of known distributions has other names for it.
bool may_provide(std::string_view normalized_name, std::string_view top_level) {
  const std::vector<std::string_view>& names = known_import_names(normalized_name);
  return names.empty() || std::ranges::any_of(names, [&](std::string_view name) {
           return first_part(name) == top_level;
         });
}

}  // namespace

std::string_view first_part(std::string_view dotted) { return dotted.substr(0, dotted.find('.')); }

std::string_view last_part(std::string_view dotted) {
  return dotted.substr(dotted.rfind('.') + 1);  // npos + 1 is 0
}

std::string seen_in_environment(const World& world, const std::string& path) {
  size_t longest = 0;
  for (const SearchPathEntry& entry : world.environment.search_path) {
    const bool holds = path.starts_with(entry.path) && path.size() > entry.path.size() &&
                       path[entry.path.size()] == '/';
    if (holds) longest = std::max(longest, entry.path.size());
  }
  if (longest != 0) return "{env}" + path.substr(longest);
  const bool is_project_s = !world.project_environments.empty() && is_within(path, world.tree.root);
  return is_project_s ? std::string(relative_path(path, world.tree.root)) : path;
}

World::World(const SourceTree& tree_, const ScannedTree& scanned_, const ProjectLayout& layout_,
             const EntryPaths& entry_paths_, const PythonEnvironment& environment_,
             const ProjectEnvironments& project_environments_, const ResolvedTree& resolved_,
             const std::vector<NamedString>& strings_)
    : tree(tree_),
      scanned(scanned_),
      layout(layout_),
      entry_paths(entry_paths_),
      environment(environment_),
      environment_number(0),
      project_environments(project_environments_),
      resolved(resolved_),
      strings(strings_),
      installed(environment_) {
  index();
  for (uint32_t number = 1; number <= project_environments.size(); ++number) {
    others_.emplace_back(new World(*this, number));
  }
}

World::World(const World& main, uint32_t number)
    : tree(main.tree),
      scanned(main.scanned),
      layout(main.layout),
      entry_paths(main.entry_paths),
      environment(main.project_environments[number - 1].environment),
      environment_number(number),
      project_environments(main.project_environments),
      resolved(main.resolved),
      strings(main.strings),
      installed(environment) {
  index();
}

bool World::is_foreign(const Module& module) const {
  if (project_environments.empty() || module.origin != ModuleOrigin::kThirdParty) return false;
  return !module.file.empty() &&
         std::ranges::none_of(environment.search_path, [&](const SearchPathEntry& entry) {
           return is_within(module.file, entry.path);
         });
}

void World::index() {
  const auto count = static_cast<uint32_t>(resolved.module_name.size());
  next_named_.assign(count, UINT32_MAX);
  std::string_view last_first;
  for (uint32_t file = count; file-- > 0;) {
    const std::string_view name = resolved.module_name[file];
    if (name.empty()) continue;
    const auto [known, is_new] = first_named_.try_emplace(last_part(name), file);
    if (!is_new) next_named_[file] = std::exchange(known->second, file);
    // Files of one package stand together.
    if (first_part(name) != last_first) first_party_.insert(first_part(name));
    last_first = first_part(name);
  }
  for (const Project& project : layout.projects) {
    projects_.emplace(project.folder, &project);
    for (const DeclaredDependency& dependency : project.dependencies) {
      declared_[dependency.normalized_name].push_back({&project, &dependency});
    }
  }
}

std::vector<uint32_t> World::files_named(std::string_view last) const {
  std::vector<uint32_t> files;
  const auto first = first_named_.find(last);
  uint32_t file = first == first_named_.end() ? UINT32_MAX : first->second;
  for (; file != UINT32_MAX; file = next_named_[file]) files.push_back(file);
  return files;
}

bool World::binds(uint32_t file, std::string_view name) const { return line_of(file, name) != 0; }

uint32_t World::line_of(uint32_t file, std::string_view name) const {
  const FileFacts& facts = scanned.facts[file];
  for (const Binding& binding : facts.bindings()) {
    if (binding.kind != BindingKind::kDelete && facts.name(binding.name) == name)
      return binding.line;
  }
  return 0;
}

const Module* World::module(std::string_view name) const {
  const std::vector<Module>& all = resolved.modules;  // by name
  auto at = std::ranges::lower_bound(all, name, {}, &Module::name);
  while (at != all.end() && at->name == name && is_foreign(*at)) ++at;
  return at != all.end() && at->name == name ? &*at : nullptr;
}

const Project& World::project_of(std::string_view path) const {
  assert(!layout.projects.empty() && "a layout has at least the repository as a project");
  for (std::string_view folder = parent_path(path);; folder = parent_path(folder)) {
    const auto project = projects_.find(folder);
    if (project != projects_.end()) return *project->second;
    if (folder.empty()) return layout.projects.front();
  }
}

const DeclaredDependency* World::declared_as(std::span<const std::string> wanted,
                                             const Project& project) const {
  // A workspace installs the requirements of its other projects beside those of the file's own.
  const DeclaredDependency* of_others = nullptr;
  for (const std::string& name : wanted) {
    const auto found = declared_.find(name);
    if (found == declared_.end()) continue;
    const std::vector<Declared>& all = found->second;  // by project, of which there may be many
    const auto own = std::ranges::lower_bound(all, &project, {}, &Declared::project);
    if (own != all.end() && own->project == &project) return own->dependency;
    if (of_others == nullptr) of_others = all.front().dependency;
  }
  return of_others;
}

bool World::is_installed(const DeclaredDependency& declared) const {
  return std::ranges::any_of(environment.distributions, [&](const Distribution& one) {
    return normalized_distribution_name(one.name) == declared.normalized_name;
  });
}

const DeclaredDependency* World::declared_after(std::string_view dotted,
                                                const Project& project) const {
  if (dotted.starts_with('_')) return nullptr;
  const std::string asked = normalized_distribution_name(dotted);
  const std::string top = normalized_distribution_name(first_part(dotted));
  const std::string squeezed = without_dashes(top);
  const auto is_called_after = [&](std::string_view name) {
    if (name.starts_with("types-") || name.ends_with("-stubs")) return false;
    if (name.starts_with(top + '-') || name.ends_with('-' + top)) return true;
    const std::string whole = without_dashes(name);
    return whole == "py" + squeezed || whole == squeezed + "py" ||
           (squeezed.size() >= kShortestPart && whole.find(squeezed) != whole.npos);
  };
  const auto reach = [&](std::string_view name) { return reach_of(name, asked); };
  const DeclaredDependency* best = nullptr;
  for (const DeclaredDependency& one : project.dependencies) {
    if (!is_called_after(one.normalized_name) || is_installed(one)) continue;
    if (!may_provide(one.normalized_name, first_part(dotted))) continue;
    const bool is_better =
        best == nullptr || std::pair(reach(best->normalized_name), one.normalized_name) <
                               std::pair(reach(one.normalized_name), best->normalized_name);
    if (is_better) best = &one;
  }
  return best;
}

const DeclaredDependency* World::declared_beside(std::string_view dotted,
                                                 const Project& project) const {
  const std::string name = normalized_distribution_name(first_part(dotted));
  const DeclaredDependency* const own = declared_as({&name, 1}, project);
  if (own != nullptr && !is_installed(*own)) return own;
  const DeclaredDependency* const found = declared_after(dotted, project);
  const bool is_named = found != nullptr &&
                        reach_of(found->normalized_name, normalized_distribution_name(dotted)) != 0;
  return is_named ? found : nullptr;
}

std::string World::distribution_for(std::string_view dotted, const Project& project,
                                    std::string& declared_in) const {
  const std::vector<std::string_view> known = known_distributions(dotted);
  const std::string_view top_level = first_part(dotted);
  std::vector<std::string> names;
  for (const std::string_view one : known) names.push_back(normalized_distribution_name(one));
  names.push_back(normalized_distribution_name(top_level));
  const DeclaredDependency* declared = declared_as(names, project);
  if (declared == nullptr && known.empty()) declared = declared_after(dotted, project);
  declared_in = declared ? declared->file : "";
  if (declared != nullptr) return declared->name;
  return std::string(known.empty() ? top_level : known.front());
}

std::string World::declared_name(std::string_view distribution, const Project& project,
                                 std::string& declared_in) const {
  const std::string name = normalized_distribution_name(distribution);
  const DeclaredDependency* const declared = declared_as({&name, 1}, project);
  declared_in = declared ? declared->file : "";
  return declared ? declared->name : std::string(distribution);
}

bool World::is_first_party(std::string_view top_level) const {
  return first_party_.contains(top_level);
}

bool World::lacks_in_library(std::string_view module, std::string_view name) const {
  return environment.standard_library.names.contains(std::string(first_part(module))) &&
         library_name(environment, module, name) == LibraryName::kLacks;
}

}  // namespace headwater::findings
