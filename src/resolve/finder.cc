#include "resolve/finder.h"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "base/paths.h"
#include "model/library_names.h"

namespace headwater::resolve {

FileIds::FileIds(const SourceTree& tree) : root_(tree.root) {
  by_path_.reserve(tree.files.size());
  for (uint32_t id = 0; id < tree.files.size(); ++id) by_path_.emplace(tree.files[id].path, id);
}

uint32_t FileIds::find(std::string_view path) const {
  if (by_path_.empty() || !is_within(path, root_)) return UINT32_MAX;
  const auto found = by_path_.find(relative_path(path, root_));
  return found == by_path_.end() ? UINT32_MAX : found->second;
}

/// A name on its way through the entries of one search path.
struct Finder::Search {
  Node node{};
  ModuleOrigin portion_origin = ModuleOrigin::kFirstParty;
  bool found = false;
};

Finder::Finder(const FolderCache& folders, std::vector<SearchEntry> search_path,
               std::vector<EditableModule> mapped, const PythonEnvironment& environment,
               const FileIds& file_ids)
    : folders_(folders),
      search_path_(std::move(search_path)),
      mapped_(std::move(mapped)),
      environment_(environment),
      file_ids_(file_ids),
      memo_(file_ids.size() * 2) {
  memo_.max_load_factor(1);  // the default of 4 is a cache miss for every link of a chain
  index_search_path();
}

void Finder::index_search_path() {
  entry_folders_.resize(search_path_.size());
  tbb::parallel_for(size_t{0}, search_path_.size(),
                    [&](size_t i) { entry_folders_[i] = &folders_.get(search_path_[i].path); });
  for (uint32_t i = 0; i < entry_folders_.size(); ++i) {
    for (const Folder::Entry& entry : entry_folders_[i]->entries()) {
      if (entry.flags & (kEntryModule | kEntryFolder)) {
        index_.try_emplace(std::string(entry.name)).first->second.push_back(i);
      }
    }
  }
}

bool Finder::any_entry_has(std::string_view name, EntryFlags kinds) const {
  return std::ranges::any_of(
      entry_folders_, [&](const Folder* folder) { return (folder->flags(name) & kinds) != 0; });
}

Lookup Finder::find(const SearchContext& context, std::string_view dotted) const {
  const std::string_view first = dotted.substr(0, dotted.find('.'));
  const Node& top = top_level(context, first);
  const Lookup lookup = follow(top, dotted);
  if (lookup.node->state != NodeState::kMissing) return lookup;
  // A folder behind the others may have another portion of a namespace package.
  if (lookup.parent != nullptr && top.kind != ModuleKind::kNamespacePackage) return lookup;
  for (const Folder* folder : context.last_folders) {
    Search search;
    search.node.name = first;
    const bool found = look_in(*folder, first, ModuleOrigin::kFirstParty, search);
    if (!found && search.node.portions.empty()) continue;
    const Lookup around = follow(finish(search), dotted);
    // A bare folder may be called anything, and so may what stands where others have a namespace
    // package: it has to hold what is asked of it.
    const bool is_held = around.parent != nullptr && around.node->state != NodeState::kMissing;
    if (is_held || (found && lookup.parent == nullptr)) return around;
  }
  return lookup;
}

Lookup Finder::follow(const Node& top, std::string_view dotted) const {
  size_t dot = dotted.find('.');
  Lookup lookup{&top, nullptr};
  while (dot != std::string_view::npos && lookup.node->state != NodeState::kMissing) {
    const size_t begin = dot + 1;
    dot = dotted.find('.', begin);
    const auto part = dotted.substr(begin, dot == std::string_view::npos ? dot : dot - begin);
    lookup = {&submodule(*lookup.node, part), lookup.node};
  }
  return lookup;
}

const Node& Finder::top_level(const SearchContext& context, std::string_view name) const {
  const auto known = memo_.find(Key{&context, name});
  if (known != memo_.end()) return *known->second;
  const Node& node = find_top_level(context, std::string(name));
  memo_.emplace(Key{&context, node.name}, &node);
  return node;
}

const Node& Finder::submodule(const Node& parent, std::string_view name) const {
  const auto known = memo_.find(Key{&parent, name});
  if (known != memo_.end()) return *known->second;
  const Node& node = find_submodule(parent, name);
  // The key looks into the node's own name, which lives as long as the finder.
  memo_.emplace(Key{&parent, std::string_view(node.name).substr(parent.name.size() + 1)}, &node);
  return node;
}

bool Finder::is_unshadowable(std::string_view dotted) const {
  const StandardLibrary& library = environment_.standard_library;
  const std::string name(dotted);
  return library.unshadowable.contains(name) || library.builtin_names.contains(name);
}

const Node& Finder::find_unshadowable(const std::string& name) const {
  Search search;
  search.node.name = name;
  for (const std::string& folder : environment_.standard_library.folders) {
    if (look_in(folders_.get(folder), name, ModuleOrigin::kStandardLibrary, search)) {
      return finish(search);
    }
  }
  return table(name);
}

std::vector<uint32_t> Finder::entries_with(const SearchContext& context,
                                           std::string_view name) const {
  const auto listed = index_.find(name);
  if (listed == index_.end()) return {};
  std::vector<uint32_t> entries = listed->second;
  std::erase(entries, context.excluded_entry);
  if (entries.size() < 2 || context.first_entries.empty()) return entries;
  const auto rank = [&](uint32_t entry) {
    return std::ranges::find(context.first_entries, entry) - context.first_entries.begin();
  };
  const auto is_first_party = [&](uint32_t entry) {
    return search_path_[entry].origin == ModuleOrigin::kFirstParty;
  };
  const auto begin = std::ranges::find_if(entries, is_first_party);
  const auto end = std::find_if_not(begin, entries.end(), is_first_party);
  std::ranges::stable_sort(begin, end, {}, rank);
  return entries;
}

const Node& Finder::find_top_level(const SearchContext& context, const std::string& name) const {
  if (is_unshadowable(name)) return find_unshadowable(name);
  const StandardLibrary& library = environment_.standard_library;
  const bool in_table = library.names.contains(name);
  Search search;
  search.node.name = name;
  for (const Folder* folder : context.front_folders) {
    if (look_in(*folder, name, ModuleOrigin::kFirstParty, search)) return finish(search);
  }
  const bool library_first =
      !search_path_.empty() && search_path_[0].origin == ModuleOrigin::kStandardLibrary;
  // Without folders, the standard library stands in the search path by its table alone.
  if (in_table && library.folders.empty() && library_first) return table(name);
  for (const uint32_t entry : entries_with(context, name)) {
    const ModuleOrigin origin = search_path_[entry].origin;
    // Who runs one project has the roots of another one behind the standard library, if at all.
    const bool is_of_others =
        origin == ModuleOrigin::kFirstParty && !context.first_entries.empty() &&
        std::ranges::find(context.first_entries, entry) == context.first_entries.end();
    if (in_table && is_of_others) continue;
    if (in_table && library.folders.empty() && origin == ModuleOrigin::kThirdParty) break;
    if (look_in(*entry_folders_[entry], name, origin, search)) return finish(search);
  }
  if (in_table) return table(name);
  return finish_outside(search, true);
}

const Node& Finder::find_submodule(const Node& parent, std::string_view name) const {
  std::string dotted = parent.name;
  dotted.append(1, '.').append(name);
  if (parent.state == NodeState::kTable) {
    const LibraryName told = library_submodule(environment_, parent.name, name);
    return told == LibraryName::kLacks ? missing(std::move(dotted)) : table(std::move(dotted));
  }
  if (parent.origin == ModuleOrigin::kStandardLibrary && is_unshadowable(dotted)) {
    return table(std::move(dotted));
  }
  Search search;
  search.node.name = dotted;
  for (const Folder* portion : parent.portions) {
    if (look_in(*portion, name, parent.origin, search)) return finish(search);
  }
  return finish_outside(search, parent.is_package);
}

const Node& Finder::finish_outside(Search& search, bool has_path) const {
  if (has_path) {
    const std::string& name = search.node.name;
    // A bare folder that happens to be called like a mapped package is not what is installed.
    const Node* mapped = find_outside(mapped_, ModuleOrigin::kFirstParty, name);
    if (mapped) return *mapped;
    if (search.node.portions.empty()) {
      const auto& modules = environment_.editable_modules;
      const Node* editable = find_outside(modules, ModuleOrigin::kThirdParty, name);
      if (editable) return *editable;
    }
  }
  return finish(search);
}

bool Finder::look_in(const Folder& folder, std::string_view last, ModuleOrigin origin,
                     Search& search) const {
  const EntryFlags flags = folder.flags(last);
  const auto take = [&](const Folder& holder, std::string_view stem, EntryFlags has) {
    Node& node = search.node;
    node.origin = origin;
    node.kind = has & kEntryExtension ? ModuleKind::kExtension
                : node.is_package     ? ModuleKind::kPackage
                                      : ModuleKind::kSource;
    node.file =
        has & kEntryExtension
            ? join_path(holder.path, holder.extension_file(stem))
            : join_path(holder.path, std::string(stem) + (has & kEntrySource ? ".py" : ".pyc"));
    search.found = true;
    return true;
  };
  if (flags & kEntryFolder) {
    const Folder& inside = folders_.get(join_path(folder.path, last));
    if (const EntryFlags init = inside.flags("__init__") & kEntryModule) {
      search.node.is_package = true;
      search.node.portions = {&inside};
      return take(inside, "__init__", init);
    }
    if (!(flags & kEntryModule)) {
      if (search.node.portions.empty()) search.portion_origin = origin;
      // A root may stand in front of the others, too.
      if (std::ranges::find(search.node.portions, &inside) == search.node.portions.end()) {
        search.node.portions.push_back(&inside);
      }
      return false;
    }
  }
  if (!(flags & kEntryModule)) return false;
  search.node.portions.clear();
  return take(folder, last, flags);
}

const Node* Finder::find_outside(const std::vector<EditableModule>& modules, ModuleOrigin origin,
                                 const std::string& dotted) const {
  for (const EditableModule& module : modules) {
    if (module.name == dotted) {
      Search search;
      const Folder& holder = folders_.get(std::string(parent_path(module.path)));
      look_in(holder, file_name(module.path), origin, search);
      search.node.name = dotted;
      return &finish(search);
    }
    // The finder makes a namespace of what stands above its modules.
    if (module.name.starts_with(dotted) && module.name[dotted.size()] == '.') {
      Node node{.name = dotted, .file = {}, .state = NodeState::kFound};
      node.kind = ModuleKind::kNamespacePackage;
      node.origin = origin;
      node.is_package = true;
      return &intern(std::move(node));
    }
  }
  return nullptr;
}

const Node& Finder::finish(Search& search) const {
  Node& node = search.node;
  if (search.found) {
    node.state = NodeState::kFound;
    node.file_id = file_ids_.find(node.file);
    if (node.file_id != UINT32_MAX) node.origin = ModuleOrigin::kFirstParty;
    return intern(std::move(node));
  }
  if (node.portions.empty()) return missing(std::move(node.name));
  node.state = NodeState::kFound;
  node.kind = ModuleKind::kNamespacePackage;
  node.origin = search.portion_origin;
  node.is_package = true;
  return intern(std::move(node));
}

const Node& Finder::of_file(std::string name, std::string file, ModuleKind kind,
                            uint32_t file_id) const {
  Node node{.name = std::move(name), .file = std::move(file), .state = NodeState::kFound};
  node.kind = kind;
  node.file_id = file_id;
  node.is_package = kind == ModuleKind::kPackage;
  if (node.is_package) node.portions = {&folders_.get(std::string(parent_path(node.file)))};
  return intern(std::move(node));
}

const Node& Finder::keep(Node node) const {
  const auto place = nodes_.grow_by(1);
  node.serial = static_cast<uint32_t>(place - nodes_.begin());
  *place = std::move(node);
  return *place;
}

const Node& Finder::intern(Node node) const {
  const auto known = by_identity_.find(&node);
  if (known != by_identity_.end()) return **known;
  // Of two threads that come here at once, one has made a node that nobody will ask for.
  return **by_identity_.insert(&keep(std::move(node))).first;
}

const Node& Finder::table(std::string name) const {
  Node node{.name = std::move(name), .file = {}, .state = NodeState::kTable};
  node.kind = ModuleKind::kBuiltin;
  node.origin = ModuleOrigin::kStandardLibrary;
  return intern(std::move(node));
}

const Node& Finder::missing(std::string name) const {
  Node node{.name = std::move(name), .file = {}, .state = NodeState::kMissing};
  return keep(std::move(node));
}

}  // namespace headwater::resolve
