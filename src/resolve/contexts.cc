#include "resolve/contexts.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>

#include "base/paths.h"
#include "base/sort_distinct.h"

namespace headwater::resolve {

Contexts::Contexts(const SourceTree& tree, const ProjectLayout& layout, const EntryPaths& entries,
                   const CanonicalNames& names, const Finder& finder, const FolderCache& folders)
    : tree_(tree),
      layout_(layout),
      entries_(entries),
      names_(names),
      folders_(folders),
      of_file_(tree.files.size()) {
  for (uint32_t entry = 0; entry < finder.search_path().size(); ++entry) {
    entry_of_.emplace(finder.search_path()[entry].path, entry);
  }
}

void Contexts::make_all() {
  // Folders are listed when they are first asked for, which takes most of the time.
  std::vector<Place> places(tree_.files.size());
  tbb::parallel_for(tbb::blocked_range<size_t>(0, places.size()), [&](const auto& part) {
    FolderPlace folder;
    for (size_t id = part.begin(); id < part.end(); ++id) {
      places[id] = place_of(static_cast<uint32_t>(id), folder);
    }
  });
  for (uint32_t file = 0; file < places.size(); ++file) put(std::move(places[file]), file);
}

bool Contexts::is_in_doubtful_folder(std::string_view name) const {
  std::call_once(doubtful_names_once_, [&] {
    std::vector<const Folder*> folders;
    for (const EntryPath& path : entries_.paths) add(path.doubtful, folders);
    add(entries_.doubtful_everywhere, folders);
    sort_distinct(folders);
    for (const Folder* const folder : folders) {
      for (const Folder::Entry& entry : folder->entries()) {
        if (entry.flags & (kEntryModule | kEntryFolder)) doubtful_names_.insert(entry.name);
      }
    }
  });
  return doubtful_names_.contains(name);
}

const SearchContext& Contexts::make_of(uint32_t file) const {
  FolderPlace folder;
  return put(place_of(file, folder), file);
}

const SearchContext& Contexts::put(Place place, uint32_t file) const {
  const std::lock_guard lock(mutex_);
  const auto [known, is_new] = contexts_.try_emplace(place.parts);
  if (is_new) known->second = make(place.parts, std::move(place.around));
  of_file_[file].store(&known->second, std::memory_order_release);
  return known->second;
}

/// `folder`: of the file before, which mostly lies in the same one.
Contexts::Place Contexts::place_of(uint32_t id, FolderPlace& folder) const {
  Place place;
  Parts& parts = place.parts;
  const bool is_common = names_.root[id] == UINT32_MAX || layout_.explicit_roots;
  const bool is_script = names_.name[id].empty();
  const std::string_view inside = parent_path(tree_.files[id].path);
  if (folder.path != inside) {
    folder = {inside, project_of(layout_, tree_.files[id].path), std::nullopt};
  }
  if (!is_common) {
    parts.root = names_.root[id];
    parts.project = folder.project;
  }
  if (!entries_.of_file.empty()) parts.entry = entries_.of_file[id];
  if (is_script) parts.own = &folders_.get(join_path(tree_.root, inside));
  if (!is_script && !is_common) {
    if (!folder.around) {
      folder.around =
          folders_around(join_path(tree_.root, inside), names_.root_folders[parts.root]);
    }
    place.around = *folder.around;
  }
  if (!place.around.empty()) parts.nearest = place.around[0];
  return place;
}

SearchContext Contexts::make(const Parts& parts, std::vector<const Folder*> around) const {
  SearchContext context;
  std::vector<const Folder*> doubtful;
  if (parts.root != UINT32_MAX) {
    context.first_entries.push_back(entry_of_.at(names_.root_folders[parts.root]));
    for (const uint32_t root : layout_.projects[parts.project].search_roots) {
      if (root == parts.root) continue;
      context.first_entries.push_back(entry_of_.at(names_.root_folders[root]));
    }
  }
  const EntryPath* path = entries_.paths.empty() ? nullptr : &entries_.paths[parts.entry];
  if (path != nullptr) {
    add(path->front, context.front_folders);
    add(path->back, context.last_folders);
    add(path->doubtful, doubtful);
    context.is_open = !path->open_because.empty();
    const bool is_guessed = parts.root != UINT32_MAX && path->no_root &&
                            layout_.roots[parts.root].path == *path->no_root &&
                            layout_.roots[parts.root].why.find(':') == std::string::npos;
    if (is_guessed) context.excluded_entry = context.first_entries[0];
    if (path->no_root) around.clear();
  }
  if (parts.own != nullptr) context.front_folders.push_back(parts.own);
  context.last_folders.insert(context.last_folders.end(), around.begin(), around.end());
  add(entries_.doubtful_everywhere, doubtful);
  // The file's own root stands there anyway.
  while (!context.front_folders.empty() && parts.root != UINT32_MAX &&
         context.front_folders.back()->path == names_.root_folders[parts.root]) {
    context.front_folders.pop_back();
  }
  // What is searched anyway leaves no doubt.
  std::erase_if(doubtful, [&](const Folder* folder) { return is_searched(context, folder); });
  sort_distinct(doubtful);
  context.doubtful = variants(context, doubtful);
  return context;
}

std::vector<SearchContext> Contexts::variants(const SearchContext& context,
                                              const std::vector<const Folder*>& doubtful) {
  std::vector<SearchContext> made;
  for (const Folder* const folder : doubtful) {
    made.push_back(context);
    made.back().front_folders.insert(made.back().front_folders.begin(), folder);
    made.push_back(context);
    made.back().last_folders.push_back(folder);
  }
  return made;
}

bool Contexts::is_searched(const SearchContext& context, const Folder* folder) const {
  const auto entry = entry_of_.find(folder->path);
  return entry != entry_of_.end() && entry->second != context.excluded_entry;
}

void Contexts::add(const std::vector<EntryFolder>& from, std::vector<const Folder*>& to) const {
  for (const EntryFolder& folder : from) to.push_back(&folders_.get(folder.path));
}

/// From the first folder upward that is no package, while they are none, up to the root.
std::vector<const Folder*> Contexts::folders_around(std::string_view path,
                                                    const std::string& root) const {
  const auto is_package = [&](std::string_view folder) {
    return (folders_.get(std::string(folder)).flags("__init__") & kEntryModule) != 0;
  };
  const auto is_below_root = [&] { return path.size() > root.size(); };
  while (is_below_root() && is_package(path)) path = parent_path(path);
  std::vector<const Folder*> around;
  for (; is_below_root() && !is_package(path); path = parent_path(path)) {
    around.push_back(&folders_.get(std::string(path)));
  }
  return around;
}

}  // namespace headwater::resolve
