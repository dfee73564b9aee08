#include "resolve/resolve.h"

#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_set>

#include "base/paths.h"
#include "resolve/file_resolver.h"
#include "resolve/installed_code.h"
#include "resolve/outside_names.h"
#include "resolve/stage.h"
#include "resolve/strings.h"

namespace headwater::resolve {
namespace {

/// The nodes that are first-party modules or some row's target, by name and file.
std::vector<const Node*> sorted_targets(const Finder& finder, std::vector<const Node*> nodes,
                                        const std::vector<FileRows>& rows,
                                        const std::vector<InstalledModule>& installed) {
  std::vector<bool> taken(finder.node_count());
  for (const Node* node : nodes) taken[node->serial] = true;
  const auto take = [&](uint32_t serial) {
    if (serial == UINT32_MAX || taken[serial]) return;
    taken[serial] = true;
    nodes.push_back(&finder.node(serial));
  };
  for (const FileRows& of_file : rows) {
    for (const Resolution& row : of_file.rows) take(row.target);
  }
  for (const InstalledModule& module : installed) {
    take(module.node->serial);
    for (const Resolution& row : module.rows.rows) take(row.target);
  }
  tbb::parallel_sort(nodes.begin(), nodes.end(), [](const Node* a, const Node* b) {
    const auto key = [](const Node* node) {
      return std::tuple<const std::string&, const std::string&, ModuleKind, ModuleOrigin, uint32_t>(
          node->name, node->file, node->kind, node->origin, node->file_id);
    };
    return key(a) < key(b);
  });
  return nodes;
}

using Numbers = std::vector<uint32_t>;  // by serial

/// Numbers the modules by name and file. `is_distinct`: those of one number are the same module.
Numbers number_modules(const Finder& finder, const std::vector<const Node*>& nodes,
                       ResolvedTree& out, bool& is_distinct) {
  Numbers number(finder.node_count(), UINT32_MAX);
  for (const Node* node : nodes) {
    // Portions in another order are the same namespace package to whoever reads the table.
    const bool same = !out.modules.empty() && out.modules.back().name == node->name &&
                      out.modules.back().file == node->file &&
                      out.modules.back().kind == node->kind;
    if (!same) out.modules.push_back(module_of(*node));
    is_distinct &=
        out.modules.back().origin == node->origin && out.modules.back().file_id == node->file_id;
    number[node->serial] = static_cast<uint32_t>(out.modules.size() - 1);
  }
  return number;
}

/// Moves the rows of one file to the others, with the modules' numbers.
void append_rows(const Numbers& number, FileRows& of_file, std::vector<Resolution>& rows,
                 std::vector<Wanted>& wanted) {
  const auto first_wanted = static_cast<uint32_t>(wanted.size());
  for (Resolution& row : of_file.rows) {
    if (row.target != UINT32_MAX) row.target = number[row.target];
    if (row.wanted != UINT32_MAX) row.wanted += first_wanted;
    rows.push_back(row);
  }
  std::ranges::move(of_file.wanted, std::back_inserter(wanted));
  of_file = {};
}

void gather(const Numbers& number, std::vector<FileRows>& rows,
            std::vector<InstalledModule>& installed, ResolvedTree& out) {
  size_t count = 0, wanted = 0;
  for (const FileRows& of_file : rows) {
    count += of_file.rows.size();
    wanted += of_file.wanted.size();
  }
  out.resolutions.reserve(count);
  out.wanted.reserve(wanted);
  for (FileRows& of_file : rows) append_rows(number, of_file, out.resolutions, out.wanted);
  for (InstalledModule& module : installed) {
    const auto first = static_cast<uint32_t>(out.installed_rows.size());
    const auto row_count = static_cast<uint32_t>(module.rows.rows.size());
    append_rows(number, module.rows, out.installed_rows, out.wanted);
    out.installed.push_back({number[module.node->serial], std::move(module.facts), first, row_count,
                             0, module.is_in_doubt});
  }
}

std::vector<const Node*> first_party_nodes(const SourceTree& tree, const CanonicalNames& names,
                                           const Finder& finder) {
  std::vector<const Node*> nodes(tree.files.size());
  tbb::parallel_for(uint32_t{0}, static_cast<uint32_t>(tree.files.size()), [&](uint32_t id) {
    const SourceFile& file = tree.files[id];
    if (names.name[id].empty() || file.kind != FileKind::kPython) return;
    const ModuleKind kind =
        file_name(file.path) == "__init__.py" ? ModuleKind::kPackage : ModuleKind::kSource;
    nodes[id] = &finder.of_file(names.name[id], join_path(tree.root, file.path), kind, id);
  });
  std::erase(nodes, nullptr);
  return nodes;
}

void trace_rows(const std::vector<FileRows>& rows, ResolveTrace& made) {
  made.asked_ends.reserve(rows.size());
  for (uint32_t file = 0; file < rows.size(); ++file) {
    std::ranges::copy_if(rows[file].asked, std::back_inserter(made.asked),
                         [&](uint32_t other) { return other != file; });
    made.asked_ends.push_back(static_cast<uint32_t>(made.asked.size()));
  }
}

void trace_suspects(const Numbers& number, std::vector<SuspectModule>& suspects,
                    ResolveTrace& made) {
  for (SuspectModule& one : suspects) {
    made.suspects.push_back({number[one.serial], std::move(one.missing), std::move(one.asked)});
  }
  std::ranges::sort(made.suspects, {}, &ResolveTrace::Suspect::module);
}

bool lacks_a_symbol(const FileRows& of_file) {
  return std::ranges::any_of(of_file.rows, [](const Resolution& row) {
    return row.failure == FailureKind::kMissingSymbol;
  });
}

/// By FileId. Who else sets names on modules matters only where one is missing.
std::vector<FileRows> rows_of(const World& world, const Symbols& symbols,
                              const std::vector<bool>& asked,
                              std::vector<SuspectModule>& suspects) {
  std::vector<FileRows> rows(world.tree.files.size());
  const auto is_asked = [&](size_t id) { return asked.empty() || asked[id]; };
  const auto resolve_those = [&](bool of_those_asked) {
    tbb::parallel_for(size_t{0}, rows.size(), [&](size_t id) {
      if (is_asked(id) != of_those_asked) return;
      rows[id] = resolve_file(world, symbols, static_cast<uint32_t>(id));
    });
  };
  resolve_those(true);
  if (!asked.empty() && std::ranges::any_of(rows, lacks_a_symbol)) resolve_those(false);
  suspects = withdraw_names_set_from_outside(world, rows);
  for (size_t id = 0; id < rows.size(); ++id) {
    if (!is_asked(id)) rows[id] = {};
  }
  return rows;
}

}  // namespace

std::vector<SearchEntry> search_entries(const std::vector<std::string>& root_folders,
                                        const PythonEnvironment& environment,
                                        bool standard_library_first) {
  std::vector<SearchEntry> entries;
  std::unordered_set<std::string> roots(root_folders.begin(), root_folders.end());
  std::unordered_set<std::string> seen;
  const auto add = [&](const std::string& path, ModuleOrigin origin) {
    const bool is_root = origin != ModuleOrigin::kFirstParty && roots.contains(path);
    if (!is_root && seen.insert(path).second) entries.push_back({path, origin});
  };
  const auto add_library = [&] {
    for (const std::string& folder : environment.standard_library.folders) {
      add(normalize_path(folder), ModuleOrigin::kStandardLibrary);
    }
  };
  if (standard_library_first) add_library();
  for (const std::string& folder : root_folders) add(folder, ModuleOrigin::kFirstParty);
  if (!standard_library_first) add_library();
  for (const SearchPathEntry& entry : environment.search_path) {
    add(normalize_path(entry.path), ModuleOrigin::kThirdParty);
  }
  return entries;
}

ResolvedTree resolve(const FileSystem& file_system, const SourceTree& tree,
                     const ScannedTree& scanned, const ProjectLayout& layout,
                     const EntryPaths& entries, const PythonEnvironment& environment,
                     const ResolveOptions& options, ResolveTrace* trace) {
  Stage stage(file_system, tree, scanned, layout, entries, environment, options,
              canonical_names(tree, layout), trace != nullptr);
  stage.contexts.make_all();
  World& world = stage.world;
  ResolveTrace made;
  for (uint32_t file = 0; file < tree.files.size(); ++file) {
    auto names = world.registered_by(file);
    if (names.empty()) continue;
    world.registered.insert(names.begin(), names.end());
    made.registered.push_back({file, std::move(names)});
  }
  std::vector<SuspectModule> suspects;
  std::vector<FileRows> rows = rows_of(world, stage.symbols, options.asked, suspects);
  const SearchContext common;  // of what is installed
  std::vector<InstalledModule> installed = reach_installed(world, common, rows);
  ResolvedTree out;
  const Finder& finder = stage.finder;
  bool is_distinct = true;
  const Numbers number = number_modules(
      finder, sorted_targets(finder, first_party_nodes(tree, stage.names, finder), rows, installed),
      out, is_distinct);
  out.strings = resolve_strings(world, stage.symbols, options.strings, options.asked, made.strings);
  if (trace != nullptr) {
    made.is_whole = is_distinct && options.asked.empty() && !reaches_installed(world);
    trace_rows(rows, made);
    trace_suspects(number, suspects, made);
    made.package = std::move(stage.names.package);
    *trace = std::move(made);
  }
  gather(number, rows, installed, out);
  out.module_name = std::move(stage.names.name);
  out.root = std::move(stage.names.root);
  return out;
}

}  // namespace headwater::resolve
