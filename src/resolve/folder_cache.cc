#include "resolve/folder_cache.h"

#include <fmt/format.h>

#include "base/paths.h"

namespace headwater::resolve {

FolderCache::FolderCache(const FileSystem& file_system, const PythonEnvironment& environment)
    : file_system_(file_system) {
  if (environment.has_packages() && environment.implementation == "cpython") {
    own_tag_ = fmt::format("{}{}", environment.version.major, environment.version.minor);
  }
}

const Folder& FolderCache::get(const std::string& path) const {
  decltype(folders_)::const_accessor known;
  if (folders_.find(known, path)) return *known->second;
  decltype(folders_)::accessor made;
  if (!folders_.insert(made, path)) return *made->second;
  auto folder = std::make_unique<Folder>();
  folder->path = path;
  if (const auto entries = file_system_.list(path)) {
    for (const DirectoryEntry& entry : *entries) add(*folder, entry);
  }
  made->second = std::move(folder);
  return *made->second;
}

void FolderCache::add(Folder& folder, const DirectoryEntry& entry) const {
  EntryType type = entry.type;
  if (type == EntryType::kSymlink) {
    const auto target = file_system_.status(join_path(folder.path, entry.name));
    type = target ? target->type : EntryType::kOther;
  }
  if (type == EntryType::kFolder) {
    folder.entries[entry.name] |= kEntryFolder;
    return;
  }
  const size_t dot = entry.name.find('.');
  if (type != EntryType::kFile || dot == std::string::npos || dot == 0) return;
  const std::string name = entry.name.substr(0, dot);
  const std::string_view suffix = std::string_view(entry.name).substr(dot);
  if (suffix == ".py") {
    folder.entries[name] |= kEntrySource;
  } else if (suffix == ".pyc") {
    folder.entries[name] |= kEntryBytecode;
  } else if (suffix == ".pyi") {
    folder.entries[name] |= kEntryStub;
  } else if (is_extension_suffix(suffix)) {
    folder.entries[name] |= kEntryExtension;
    std::string& file = folder.extensions[name];
    // The tagged suffix comes first in _imp.extension_suffixes(), then abi3, then the bare one:
    // longer names first, for every tag that is in use.
    if (entry.name.size() > file.size()) file = entry.name;
  }
}

bool FolderCache::is_extension_suffix(std::string_view suffix) const {
  if (suffix == ".so" || suffix == ".abi3.so" || suffix == ".pyd") return true;
  if (!suffix.ends_with(".so") && !suffix.ends_with(".pyd")) return false;
  if (suffix.starts_with(".cpython-")) {
    return own_tag_.empty() || suffix.substr(9).starts_with(own_tag_ + "-");
  }
  if (suffix.starts_with(".cp"))
    return own_tag_.empty() || suffix.substr(3).starts_with(own_tag_ + "-");
  return own_tag_.empty() && suffix.starts_with(".pypy");
}

}  // namespace headwater::resolve
