#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/entry_paths.h"
#include "model/project_layout.h"
#include "model/source_tree.h"
#include "resolve/canonical_names.h"
#include "resolve/finder.h"
#include "resolve/folder_cache.h"

namespace headwater::resolve {

/// The search paths of the files: what their entry puts in front, a script's own folder, their own
/// root and those of their project, then the common order (all unless that was given by hand). Each
/// is made when it is first asked for. Thread safe; the arguments outlive it.
class Contexts {
 public:
  Contexts(const SourceTree& tree, const ProjectLayout& layout, const EntryPaths& entries,
           const CanonicalNames& names, const Finder& finder, const FolderCache& folders);

  const SearchContext& of(uint32_t file) const {
    const SearchContext* const known = of_file_[file].load(std::memory_order_acquire);
    return known != nullptr ? *known : make_of(file);
  }
  /// Makes those of all files, in less time than one by one.
  void make_all();
  /// Whether a folder that may or may not be on the path of some file has a module or a folder of
  /// this name: else no SearchContext::doubtful leads to it.
  bool is_in_doubtful_folder(std::string_view name) const;

 private:
  /// What makes the search path of a file; `own` and `nearest` may be nullptr.
  struct Parts {
    uint32_t root = UINT32_MAX;  // of the layout; UINT32_MAX: the common order
    uint32_t project = UINT32_MAX;
    uint32_t entry = 0;  // into EntryPaths::paths
    const Folder* own = nullptr;
    const Folder* nearest = nullptr;  // the first of the folders around
    auto operator<=>(const Parts&) const = default;
  };

  struct Place {
    Parts parts;
    std::vector<const Folder*> around;
  };

  /// What the files of one folder have in common.
  struct FolderPlace {
    std::optional<std::string_view> path;  // relative to the tree's root
    uint32_t project = 0;
    std::optional<std::vector<const Folder*>> around;  // where it was asked for
  };

  const SearchContext& make_of(uint32_t file) const;
  const SearchContext& put(Place place, uint32_t file) const;
  Place place_of(uint32_t id, FolderPlace& folder) const;
  SearchContext make(const Parts& parts, std::vector<const Folder*> around) const;
  static std::vector<SearchContext> variants(const SearchContext& context,
                                             const std::vector<const Folder*>& doubtful);
  bool is_searched(const SearchContext& context, const Folder* folder) const;
  std::vector<const Folder*> folders_around(std::string_view path, const std::string& root) const;
  void add(const std::vector<EntryFolder>& from, std::vector<const Folder*>& to) const;

  const SourceTree& tree_;
  const ProjectLayout& layout_;
  const EntryPaths& entries_;
  const CanonicalNames& names_;
  const FolderCache& folders_;
  std::unordered_map<std::string, uint32_t> entry_of_;  // search path entry by folder
  mutable std::mutex mutex_;
  mutable std::map<Parts, SearchContext> contexts_;
  mutable std::vector<std::atomic<const SearchContext*>> of_file_;  // by FileId
  mutable std::once_flag doubtful_names_once_;
  mutable std::unordered_set<std::string_view> doubtful_names_;
};

}  // namespace headwater::resolve
