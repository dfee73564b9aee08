#include "git/commit_file_system.h"

#include <algorithm>
#include <cstdlib>

#include "base/paths.h"

namespace headwater::git {
namespace {

constexpr int64_t kDistantFuture = INT64_MAX / 2;
constexpr std::string_view kLargeFilePointer = "version https://git-lfs.github.com/spec/";

EntryType type_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::kFolder:
    case EntryKind::kSubmodule:
      return EntryType::kFolder;
    case EntryKind::kLink:
      return EntryType::kSymlink;
    case EntryKind::kFile:
      break;
  }
  return EntryType::kFile;
}

uint64_t content_id_of(const TreeEntry& entry) {
  return std::strtoull(entry.id.substr(0, 16).c_str(), nullptr, 16);
}

/// In the words of the machine's own file system.
tl::unexpected<Error> not_found(const std::string& path) {
  return fail(ErrorCode::kNotFound, path, "does not exist");
}

}  // namespace

Result<const ObjectCache::Folder*> ObjectCache::folder(const ObjectId& tree) const {
  const auto seen = [](const auto& known) -> Result<const Folder*> {
    if (!known) return tl::unexpected(known.error());
    return known->get();
  };
  {
    decltype(folders_)::const_accessor known;
    if (folders_.find(known, tree)) return seen(known->second);
  }
  Result<std::unique_ptr<const Folder>> made = tl::unexpected(Error{});
  if (auto entries = repository_.tree(tree)) {
    auto folder = std::make_unique<Folder>();
    for (TreeEntry& entry : *entries) folder->emplace(entry.name, std::move(entry));
    made = std::move(folder);
  } else {
    made = tl::unexpected(entries.error());
  }
  decltype(folders_)::accessor place;
  if (folders_.insert(place, tree)) place->second = std::move(made);
  return seen(place->second);
}

Result<uint64_t> ObjectCache::size(const ObjectId& blob) const {
  decltype(sizes_)::const_accessor known;
  if (sizes_.find(known, blob)) return known->second;
  const auto size = repository_.blob_size(blob);
  if (size) sizes_.insert({blob, *size});
  return size;
}

CommitFileSystem::CommitFileSystem(const FileSystem& disk, const ObjectCache& objects,
                                   ObjectId tree)
    : disk_(disk),
      objects_(objects),
      root_{"", EntryKind::kFolder, std::move(tree)},
      here_(disk.real_path(".")) {}

const TreeEntry* CommitFileSystem::find(std::string_view relative) const {
  const TreeEntry* at = &root_;
  while (!relative.empty()) {
    if (at->kind != EntryKind::kFolder) return nullptr;
    const size_t slash = relative.find('/');
    const auto folder = objects_.folder(at->id);
    if (!folder) return nullptr;
    const auto found = (*folder)->find(relative.substr(0, slash));
    if (found == (*folder)->end()) return nullptr;
    at = &found->second;
    relative = slash == std::string_view::npos ? std::string_view() : relative.substr(slash + 1);
  }
  return at;
}

bool CommitFileSystem::is_environment(const std::string& folder) const {
  return disk_.is_file(folder + "/pyvenv.cfg") || disk_.is_folder(folder + "/conda-meta");
}

/// Whether the path is git's own, or in an environment that no commit has.
bool CommitFileSystem::is_of_disk(std::string_view relative) const {
  if (relative == ".git" || relative.starts_with(".git/")) return true;
  for (size_t end = 0; end != std::string_view::npos;) {
    end = relative.find('/', end + 1);
    const std::string_view folder = relative.substr(0, end);
    if (find(folder) != nullptr) continue;
    if (is_environment(join_path(objects_.repository().top(), folder))) return true;
  }
  return false;
}

std::string CommitFileSystem::in_full(const std::string& path) const {
  return normalize_path(path.starts_with('/') ? path : join_path(*here_, path));
}

Result<CommitFileSystem::Place> CommitFileSystem::locate(const std::string& path,
                                                         bool follow) const {
  constexpr int kMostLinks = 40;  // as Linux
  const std::string& top = objects_.repository().top();
  if (!here_) return tl::unexpected(here_.error());
  std::string todo = in_full(path);
  int links = 0;
  for (size_t end = top.size(); is_within(todo, top);) {
    if (todo.size() <= end) return Place{todo, find(relative_path(todo, top))};
    end = todo.find('/', end + 1);
    const std::string so_far = todo.substr(0, end);
    const std::string_view relative = relative_path(so_far, top);
    const TreeEntry* const entry = find(relative);
    if (entry == nullptr) {
      if (is_of_disk(relative_path(todo, top))) return Place{todo, nullptr, true};
      return not_found(path);
    }
    const bool is_last = end == std::string::npos;
    if (entry->kind != EntryKind::kLink || (is_last && !follow)) {
      if (is_last) return Place{todo, entry};
      continue;
    }
    if (++links > kMostLinks)
      return fail(ErrorCode::kIo, path, "Too many levels of symbolic links");
    const auto target = objects_.repository().blob(entry->id);
    if (!target) return tl::unexpected(target.error());
    const std::string rest = is_last ? std::string() : todo.substr(end);
    todo = normalize_path(join_path(parent_path(so_far), *target) + rest);
    end = top.size();
  }
  return Place{todo, nullptr, true};
}

Result<std::vector<DirectoryEntry>> CommitFileSystem::list(const std::string& folder) const {
  const auto place = locate(folder, true);
  if (!place) return tl::unexpected(place.error());
  if (place->is_of_disk) return disk_.list(place->path);
  if (type_of(place->entry->kind) != EntryType::kFolder) {
    return fail(ErrorCode::kNotAFolder, folder, "is not a folder");
  }
  std::vector<DirectoryEntry> entries;
  if (place->entry->kind == EntryKind::kSubmodule) return entries;
  const auto committed = objects_.folder(place->entry->id);
  if (!committed) return fail(ErrorCode::kIo, folder, committed.error().detail);
  for (const auto& [name, entry] : **committed) entries.push_back({name, type_of(entry.kind)});
  const auto on_disk = disk_.list(place->path);
  if (!on_disk) return entries;
  const bool is_top = place->entry == &root_;
  for (const DirectoryEntry& entry : *on_disk) {
    const bool is_known = (*committed)->contains(entry.name);
    const bool is_git = is_top && entry.name == ".git";
    if (is_known || (!is_git && entry.type != EntryType::kFolder)) continue;
    if (is_git || is_environment(join_path(place->path, entry.name))) entries.push_back(entry);
  }
  return entries;
}

Result<FileStatus> CommitFileSystem::status(const std::string& path, bool follow) const {
  const auto place = locate(path, follow);
  if (!place) return tl::unexpected(place.error());
  if (place->is_of_disk) return disk_.status(place->path, follow);
  FileStatus status{type_of(place->entry->kind)};
  status.device = 1;
  status.inode = content_id_of(*place->entry);
  if (status.type == EntryType::kFolder) {
    status.mtime_ns = status.ctime_ns = kDistantFuture;
  } else {
    const auto size = objects_.size(place->entry->id);
    if (!size) return tl::unexpected(size.error());
    status.size_bytes = *size;
  }
  return status;
}

Result<std::string> CommitFileSystem::read(const std::string& path, uint64_t max_bytes) const {
  const auto place = locate(path, true);
  if (!place) return tl::unexpected(place.error());
  if (place->is_of_disk) return disk_.read(place->path, max_bytes);
  if (place->entry->kind != EntryKind::kFile) {
    return fail(ErrorCode::kIo, path, "is not a regular file");
  }
  auto size = objects_.size(place->entry->id);
  if (size && *size > max_bytes) {
    return fail(ErrorCode::kTooLarge, path, "is larger than a file of its kind should be");
  }
  auto text = objects_.repository().blob(place->entry->id);
  if (text && text->starts_with(kLargeFilePointer)) {
    return fail(ErrorCode::kIo, path,
                "is kept by Git LFS, not by the commit; check the commit out to audit it");
  }
  return text;
}

Result<std::string> CommitFileSystem::real_path(const std::string& path) const {
  const auto place = locate(path, true);
  if (!place) return tl::unexpected(place.error());
  if (place->is_of_disk) return disk_.real_path(place->path);
  return place->path;
}

std::optional<uint64_t> CommitFileSystem::content_id(const std::string& path) const {
  if (!here_) return std::nullopt;
  const std::string full = in_full(path);
  const std::string& top = objects_.repository().top();
  if (!is_within(full, top)) return std::nullopt;
  const TreeEntry* const entry = find(relative_path(full, top));
  if (entry == nullptr || entry->kind != EntryKind::kFile) return std::nullopt;
  return content_id_of(*entry);
}

void CommitFileSystem::add_submodules(const ObjectId& tree, const std::string& prefix,
                                      std::vector<std::string>& found) const {
  const auto folder = objects_.folder(tree);
  if (!folder) return;  // whoever lists it says so
  for (const auto& [name, entry] : **folder) {
    const std::string path = join_path(prefix, name);
    if (entry.kind == EntryKind::kSubmodule) found.push_back(path);
    if (entry.kind == EntryKind::kFolder) add_submodules(entry.id, path, found);
  }
}

std::vector<std::string> CommitFileSystem::submodules() const {
  std::vector<std::string> found;
  add_submodules(root_.id, "", found);
  return found;
}

}  // namespace headwater::git
