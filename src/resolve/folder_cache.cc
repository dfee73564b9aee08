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

Folder::Folder(std::string folder, const std::map<std::string, EntryFlags>& found,
               const std::map<std::string, std::string>& extension_files)
    : path(std::move(folder)) {
  size_t length = 0;
  for (const auto& [name, flags] : found) length += name.size();
  for (const auto& [name, file] : extension_files) length += file.size();
  text_.reserve(length);  // views into it must not move
  entries_.reserve(found.size());
  const auto kept = [&](std::string_view text) {
    text_ += text;
    return std::string_view(text_).substr(text_.size() - text.size());
  };
  for (const auto& [name, flags] : found) {
    const auto extension = extension_files.find(name);
    entries_.push_back({kept(name), flags, {}});
    if (extension != extension_files.end())
      entries_.back().extension_file = kept(extension->second);
  }
}

const Folder& FolderCache::get(const std::string& path) const {
  decltype(folders_)::const_accessor known;
  if (folders_.find(known, path)) return *known->second;
  decltype(folders_)::accessor made;
  if (folders_.insert(made, path)) made->second = listed(path);
  return *made->second;
}

std::unique_ptr<const Folder> FolderCache::listed(const std::string& path) const {
  std::map<std::string, EntryFlags> found;
  std::map<std::string, std::string> extensions;
  const auto entries = file_system_.list(path);
  if (!entries) return std::make_unique<const Folder>(path, found, extensions);
  for (const DirectoryEntry& entry : *entries) {
    EntryType type = entry.type;
    if (type == EntryType::kSymlink) {
      const auto target = file_system_.status(join_path(path, entry.name));
      type = target ? target->type : EntryType::kOther;
    }
    if (type == EntryType::kFolder) {
      found[entry.name] |= kEntryFolder;
      continue;
    }
    const size_t dot = entry.name.find('.');
    if (type != EntryType::kFile || dot == std::string::npos || dot == 0) continue;
    const std::string_view suffix = std::string_view(entry.name).substr(dot);
    const EntryFlags flag = flag_of(suffix);
    if (flag == 0) continue;
    std::string name = entry.name.substr(0, dot);
    if (flag == kEntryExtension) {
      std::string& file = extensions[name];
      // The tagged suffix comes first in _imp.extension_suffixes(), then abi3, then the bare one:
      // longer names first, for every tag that is in use.
      if (entry.name.size() > file.size()) file = entry.name;
    }
    found[std::move(name)] |= flag;
  }
  return std::make_unique<const Folder>(path, found, extensions);
}

EntryFlags FolderCache::flag_of(std::string_view suffix) const {
  if (suffix == ".py") return kEntrySource;
  if (suffix == ".pyc") return kEntryBytecode;
  if (suffix == ".pyi") return kEntryStub;
  return is_extension_suffix(suffix) ? kEntryExtension : EntryFlags{0};
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
