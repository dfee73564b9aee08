#include "pipeline/misled_library.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/sort_distinct.h"
#include "resolve/start_up.h"
#include "resolve/static_imports.h"
#include "scan/python/scanner.h"

namespace headwater::pipeline {
namespace {

/// Names of standard library modules that files of a root have.
using Hidden = std::unordered_set<std::string_view>;

/// The standard library of an environment.
class Library {
 public:
  Library(const FileSystem& files, const PythonEnvironment& environment)
      : environment_(environment),
        folders_(files, environment),
        start_up_(files, folders_, environment, scan_),
        imports_(files, folders_, environment, scan_) {}

  /// Whether a file of this name may come before the library's module.
  bool may_be_hidden(std::string_view top) const { return !start_up_.may_have_loaded(top); }

  /// Whether the module `dotted` may import, by whatever way, one of `hidden`, which is another
  /// one.
  bool meets(std::string_view dotted, const Hidden& hidden) {
    std::unordered_set<std::string_view> seen;
    std::vector<std::string_view> next;
    const auto enter = [&](std::string_view name) {
      if (seen.insert(name).second) next.push_back(name);
    };
    resolve::for_each_package(dotted, [&](std::string_view part) { return enter(part), true; });
    while (!next.empty()) {
      const std::string_view from = next.back();
      next.pop_back();
      for (const std::string& name : imported_by(from)) {
        if (hidden.contains(std::string_view(name).substr(0, name.find('.')))) return true;
        enter(name);
      }
    }
    return false;
  }

 private:
  /// Those that are there, with the packages before them.
  const std::vector<std::string>& imported_by(std::string_view dotted) {
    const auto [known, is_new] = imported_.try_emplace(std::string(dotted));
    if (!is_new) return known->second;
    std::vector<std::string>& names = known->second;
    const auto runs_before = [&](std::string_view top) {
      return environment_.standard_library.startup.contains(std::string(top)) ||
             start_up_.may_have_loaded(top);
    };
    const resolve::Node& node = imports_.find(dotted);
    if (node.origin != ModuleOrigin::kStandardLibrary || runs_before(dotted)) return names;
    for (const std::string& name : imports_.of(node, false)) {
      resolve::for_each_package(name, [&](std::string_view part) {
        if (imports_.find(part).state == resolve::NodeState::kMissing) return false;
        names.emplace_back(part);
        return true;
      });
    }
    sort_distinct(names);
    return names;
  }

  const PythonEnvironment& environment_;
  const resolve::StaticImports::Scan scan_ = scan::scan_python;
  const resolve::FolderCache folders_;
  const resolve::StartUp start_up_;
  const resolve::StaticImports imports_;
  std::unordered_map<std::string, std::vector<std::string>> imported_;  // nodes stay where they are
};

const PythonEnvironment& environment_numbered(const StageOutputs& made, uint32_t number) {
  return number == 0 ? made.environment : made.project_environments[number - 1].environment;
}

class Misled {
 public:
  Misled(const FileSystem& files, const StageOutputs& made, const ImportGraph& graph)
      : files_(files), made_(made), graph_(graph) {}

  std::vector<MisledModule> run(const std::vector<uint8_t>& counted) {
    find_hidden();
    if (hidden_.empty()) return {};
    for (uint32_t node = 0; node < graph_.module_count; ++node) {
      if (counted[node] != 0) add_imports_of(node);
    }
    std::vector<MisledModule> modules;
    for (auto& [key, importers] : importers_) {
      sort_distinct(importers);
      std::ranges::stable_sort(importers, {}, [&](uint32_t node) { return graph_.file[node]; });
      if (!importers.empty()) modules.push_back({key.second, std::move(importers)});
    }
    return modules;
  }

 private:
  /// A root, and the environment of the files there.
  using Place = std::pair<uint32_t, uint32_t>;

  Place place_of(uint32_t node) const {
    const uint32_t file = graph_.file[node];
    return {made_.resolved.root[file],
            environment_of(made_.project_environments, made_.tree.files[file].path)};
  }

  void find_hidden() {
    for (uint32_t node = 0; node < graph_.module_count; ++node) {
      if (graph_.file[node] == kNothing) continue;
      const std::string& name = made_.resolved.modules[node].name;
      if (name.find('.') != std::string::npos) continue;
      const auto [root, number] = place_of(node);
      const StandardLibrary& library = environment_numbered(made_, number).standard_library;
      const bool may_hide = root != UINT32_MAX && !library.folders.empty() &&
                            library.names.contains(name) && !library.unshadowable.contains(name);
      if (may_hide && library_of(number).may_be_hidden(name)) hidden_[{root, number}].insert(name);
    }
  }

  Library& library_of(uint32_t environment) {
    std::unique_ptr<Library>& library = libraries_[environment];
    if (!library) {
      library = std::make_unique<Library>(files_, environment_numbered(made_, environment));
    }
    return *library;
  }

  void add_imports_of(uint32_t node) {
    const Place place = place_of(node);
    const auto hidden = hidden_.find(place);
    if (hidden == hidden_.end()) return;
    for (uint32_t edge = graph_.offsets[node]; edge < graph_.offsets[node + 1]; ++edge) {
      const uint32_t target = graph_.targets[edge];
      const EdgeKind kind = graph_.kind(edge);
      const bool fails_with_it = kind.runs == EdgeClass::kImport && !kind.guard.holds_any();
      const bool is_library =
          target < graph_.module_count &&
          made_.resolved.modules[target].origin == ModuleOrigin::kStandardLibrary;
      if (!fails_with_it || !is_library) continue;
      const auto key = std::make_pair(place, target);
      auto known = meets_.find(key);
      if (known == meets_.end()) {
        const std::string& name = made_.resolved.modules[target].name;
        const bool meets = library_of(place.second).meets(name, hidden->second);
        known = meets_.emplace(key, meets).first;
      }
      if (known->second) importers_[key].push_back(node);
    }
  }

  const FileSystem& files_;
  const StageOutputs& made_;
  const ImportGraph& graph_;
  std::map<uint32_t, std::unique_ptr<Library>> libraries_;  // by environment
  std::map<Place, Hidden> hidden_;
  std::map<std::pair<Place, uint32_t>, bool> meets_;  // by place and module
  std::map<std::pair<Place, uint32_t>, std::vector<uint32_t>> importers_;
};

}  // namespace

std::vector<MisledModule> misled_modules(const FileSystem& files, const StageOutputs& made,
                                         const ImportGraph& graph,
                                         const std::vector<uint8_t>& counted) {
  return Misled(files, made, graph).run(counted);
}

std::vector<uint32_t> first_importers(const std::vector<MisledModule>& modules) {
  std::vector<uint32_t> nodes;
  for (const MisledModule& one : modules) nodes.push_back(one.importers.front());
  sort_distinct(nodes);
  return nodes;
}

std::vector<uint32_t> importers_of_failing(const std::vector<MisledModule>& modules,
                                           const SimulatedNodes& simulated) {
  std::vector<uint32_t> nodes;
  for (const MisledModule& one : modules) {
    const auto first = std::ranges::lower_bound(simulated.nodes, one.importers.front());
    if (first == simulated.nodes.end() || *first != one.importers.front()) continue;
    const auto place = static_cast<size_t>(first - simulated.nodes.begin());
    if (simulated.table.outcomes[place].state != ImportState::kFails) continue;
    nodes.insert(nodes.end(), one.importers.begin(), one.importers.end());
  }
  sort_distinct(nodes);
  return nodes;
}

}  // namespace headwater::pipeline
