#pragma once

#include <tbb/concurrent_hash_map.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "model/python_environment.h"
#include "model/source_tree.h"

namespace headwater::resolve {

/// What a folder has under one importable name, as a bit set.
using EntryFlags = uint8_t;
inline constexpr EntryFlags kEntryFolder = 1;
inline constexpr EntryFlags kEntryExtension = 2;
inline constexpr EntryFlags kEntrySource = 4;
inline constexpr EntryFlags kEntryBytecode = 8;
inline constexpr EntryFlags kEntryStub = 16;  // never found; tells that a type checker knows it
inline constexpr EntryFlags kEntryModule = kEntryExtension | kEntrySource | kEntryBytecode;

struct NameHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

/// A folder's importable entries. Immutable once listed; an audit holds all that it looked into.
class Folder {
 public:
  struct Entry {
    std::string_view name;
    EntryFlags flags;
    std::string_view
        extension_file;  // of an extension module: its suffix depends on the interpreter
  };

  /// `entries` in any order, several of one name among them; they look into what outlives the
  /// folder, or into `storage`, whose text must not move.
  Folder(std::string folder, std::vector<Entry> entries, std::unique_ptr<const char[]> storage);
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  EntryFlags flags(std::string_view name) const {
    const Entry* found = find(name);
    return found ? found->flags : EntryFlags{0};
  }
  std::string_view extension_file(std::string_view name) const {
    const Entry* found = find(name);
    return found ? found->extension_file : std::string_view();
  }
  std::span<const Entry> entries() const { return entries_; }  // by name

  const std::string path;

 private:
  const Entry* find(std::string_view name) const {
    const auto at = std::ranges::lower_bound(entries_, name, {}, &Entry::name);
    return at != entries_.end() && at->name == name ? &*at : nullptr;
  }

  std::unique_ptr<const char[]> storage_;
  std::vector<Entry> entries_;
};

/// Folders as the path finder sees them, each listed once. Thread safe; what get() gives lives as
/// long as the cache.
class FolderCache {
 public:
  /// Extension modules count where their suffix is one that the interpreter of `environment`
  /// loads; without an environment any interpreter's will do. What `tree` has listed is not listed
  /// again; it must outlive the cache.
  FolderCache(const FileSystem& file_system, const PythonEnvironment& environment,
              const SourceTree* tree = nullptr);

  /// A folder that cannot be listed has no entries.
  const Folder& get(const std::string& path) const;

 private:
  std::unique_ptr<const Folder> listed(const std::string& path) const;
  const ListedFolder* known(std::string_view path) const;
  /// Adds the entry if it can be imported.
  void add(const std::string& folder, std::string_view name, EntryType type,
           std::vector<Folder::Entry>& entries) const;
  /// What a file with this suffix is; 0 if it cannot be imported.
  EntryFlags flag_of(std::string_view suffix) const;
  bool is_extension_suffix(std::string_view suffix) const;
  bool is_of_another_platform(std::string_view suffix) const;

  const FileSystem& file_system_;
  const SourceTree* tree_;
  std::string own_tag_;   // "cpython-312"; empty: any
  std::string platform_;  // empty: any
  mutable tbb::concurrent_hash_map<std::string, std::unique_ptr<const Folder>> folders_;
};

}  // namespace headwater::resolve
