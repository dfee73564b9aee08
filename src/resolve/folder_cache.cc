#include "resolve/folder_cache.h"

#include <fmt/format.h>

#include <tuple>
#include <utility>

#include "base/paths.h"

namespace headwater::resolve {

FolderCache::FolderCache(const FileSystem& file_system, const PythonEnvironment& environment,
                         const SourceTree* tree)
    : file_system_(file_system), tree_(tree) {
  if (environment.has_packages() && environment.implementation == "cpython") {
    own_tag_ = fmt::format("{}{}", environment.version.major, environment.version.minor);
    platform_ = environment.platform;
  }
}

Folder::Folder(std::string folder, std::vector<Entry> entries,
               std::unique_ptr<const char[]> storage)
    : path(std::move(folder)), storage_(std::move(storage)), entries_(std::move(entries)) {
  // The tagged suffix comes first in _imp.extension_suffixes(), then abi3, then the bare one:
  // longer names first, for every tag that is in use.
  std::ranges::sort(entries_, [](const Entry& a, const Entry& b) {
    return std::tuple(a.name, b.extension_file.size(), a.extension_file) <
           std::tuple(b.name, a.extension_file.size(), b.extension_file);
  });
  size_t kept = 0;
  for (const Entry& entry : entries_) {
    if (kept > 0 && entries_[kept - 1].name == entry.name) {
      entries_[kept - 1].flags |= entry.flags;
    } else {
      entries_[kept++] = entry;
    }
  }
  entries_.resize(kept);
  entries_.shrink_to_fit();
}

const Folder& FolderCache::get(const std::string& path) const {
  decltype(folders_)::const_accessor known;
  if (folders_.find(known, path)) return *known->second;
  decltype(folders_)::accessor made;
  if (folders_.insert(made, path)) made->second = listed(path);
  return *made->second;
}

const ListedFolder* FolderCache::known(std::string_view path) const {
  if (tree_ == nullptr || !is_within(path, tree_->root)) return nullptr;
  const std::string_view inside = relative_path(path, tree_->root);
  const auto at = std::ranges::lower_bound(tree_->folders, inside, {}, &ListedFolder::path);
  return at != tree_->folders.end() && at->path == inside ? &*at : nullptr;
}

std::unique_ptr<const Folder> FolderCache::listed(const std::string& path) const {
  std::vector<Folder::Entry> entries;
  if (const ListedFolder* const folder = known(path)) {
    folder->for_each(
        [&](std::string_view name, EntryType type) { add(path, name, type, entries); });
    return std::make_unique<const Folder>(path, std::move(entries), nullptr);
  }
  const auto found = file_system_.list(path);
  if (!found) return std::make_unique<const Folder>(path, std::move(entries), nullptr);
  size_t length = 0;
  for (const DirectoryEntry& entry : *found) length += entry.name.size();
  auto storage = std::make_unique_for_overwrite<char[]>(length);
  char* end = storage.get();
  for (const DirectoryEntry& entry : *found) {
    const std::string_view name(end, entry.name.size());
    end = std::ranges::copy(entry.name, end).out;
    add(path, name, entry.type, entries);
  }
  return std::make_unique<const Folder>(path, std::move(entries), std::move(storage));
}

void FolderCache::add(const std::string& folder, std::string_view name, EntryType type,
                      std::vector<Folder::Entry>& entries) const {
  if (type == EntryType::kSymlink) {
    const auto target = file_system_.status(join_path(folder, name));
    type = target ? target->type : EntryType::kOther;
  }
  if (type == EntryType::kFolder) return entries.push_back({name, kEntryFolder, {}});
  const size_t dot = name.find('.');
  if (type != EntryType::kFile || dot == std::string_view::npos || dot == 0) return;
  const EntryFlags flag = flag_of(name.substr(dot));
  if (flag == 0) return;
  const bool is_extension = flag == kEntryExtension;
  entries.push_back({name.substr(0, dot), flag, is_extension ? name : std::string_view()});
}

EntryFlags FolderCache::flag_of(std::string_view suffix) const {
  if (suffix == ".py") return kEntrySource;
  if (suffix == ".pyc") return kEntryBytecode;
  if (suffix == ".pyi") return kEntryStub;
  return is_extension_suffix(suffix) ? kEntryExtension : EntryFlags{0};
}

bool FolderCache::is_of_another_platform(std::string_view suffix) const {
  if (platform_.empty()) return false;
  if (suffix.ends_with(".pyd")) return platform_ != "windows";
  if (platform_ == "windows") return true;
  const auto has = [&](std::string_view part) { return suffix.find(part) != suffix.npos; };
  if (platform_ == "macos") return has("-linux");
  // Other machines have more names than one.
  return has("-darwin.") || (platform_ == "linux-x86_64" && has("-aarch64-")) ||
         (platform_ == "linux-aarch64" && has("-x86_64-"));
}

bool FolderCache::is_extension_suffix(std::string_view suffix) const {
  if (is_of_another_platform(suffix)) return false;
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
