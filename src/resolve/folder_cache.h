#pragma once

#include <tbb/concurrent_hash_map.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/file_system.h"
#include "model/python_environment.h"

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

/// A folder's importable entries. Immutable once listed.
class Folder {
 public:
  EntryFlags flags(std::string_view name) const {
    const auto found = entries.find(name);
    return found == entries.end() ? EntryFlags{0} : found->second;
  }
  /// The file name of an extension module: its suffix depends on the interpreter.
  std::string_view extension_file(std::string_view name) const {
    const auto found = extensions.find(name);
    return found == extensions.end() ? std::string_view() : std::string_view(found->second);
  }

  std::string path;
  std::unordered_map<std::string, EntryFlags, NameHash, std::equal_to<>> entries;
  std::unordered_map<std::string, std::string, NameHash, std::equal_to<>> extensions;
};

/// Folders as the path finder sees them, each listed once. Thread safe; what get() gives lives as
/// long as the cache.
class FolderCache {
 public:
  /// Extension modules count where their suffix is one that the interpreter of `environment`
  /// loads; without an environment any interpreter's will do.
  FolderCache(const FileSystem& file_system, const PythonEnvironment& environment);

  /// A folder that cannot be listed has no entries.
  const Folder& get(const std::string& path) const;

 private:
  void add(Folder& folder, const DirectoryEntry& entry) const;
  bool is_extension_suffix(std::string_view suffix) const;

  const FileSystem& file_system_;
  std::string own_tag_;  // "cpython-312"; empty: any
  mutable tbb::concurrent_hash_map<std::string, std::unique_ptr<const Folder>> folders_;
};

}  // namespace headwater::resolve
