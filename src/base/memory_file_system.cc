#include "base/memory_file_system.h"

#include <iterator>

#include "base/paths.h"

namespace headwater {

MemoryFileSystem& MemoryFileSystem::add(const std::string& path, EntryType type,
                                        std::string content) {
  for (std::string above(parent_path(path)); above != "/"; above = parent_path(above)) {
    entries_.try_emplace(above, Entry{EntryType::kFolder, "", false, entries_.size(), now_ns_});
  }
  entries_.insert_or_assign(path, Entry{type, std::move(content), false, entries_.size(), now_ns_});
  entries_.at(std::string(parent_path(path))).time_ns = now_ns_;
  return *this;
}

MemoryFileSystem& MemoryFileSystem::add_file(const std::string& path, std::string text) {
  return add(path, EntryType::kFile, std::move(text));
}

MemoryFileSystem& MemoryFileSystem::rewrite(const std::string& path, std::string text) {
  entries_.at(path).content = std::move(text);
  entries_.at(path).time_ns = now_ns_;
  return *this;
}

MemoryFileSystem& MemoryFileSystem::set_clock(int64_t now_ns) {
  now_ns_ = now_ns;
  return *this;
}

MemoryFileSystem& MemoryFileSystem::add_folder(const std::string& path) {
  return add(path, EntryType::kFolder, "");
}

MemoryFileSystem& MemoryFileSystem::add_link(const std::string& path, std::string target) {
  return add(path, EntryType::kSymlink, std::move(target));
}

MemoryFileSystem& MemoryFileSystem::add_special(const std::string& path) {
  return add(path, EntryType::kOther, "");
}

MemoryFileSystem& MemoryFileSystem::forbid(const std::string& path) {
  entries_.at(path).forbidden = true;
  return *this;
}

Result<std::string> MemoryFileSystem::resolve(const std::string& path, bool follow) const {
  constexpr int kMaxLinks = 40;  // as Linux
  std::string todo = path;
  int links = 0;
  for (size_t end = 0; end != std::string::npos;) {
    end = todo.find('/', end + 1);
    const auto found = entries_.find(todo.substr(0, end));
    if (found == entries_.end()) break;
    const bool is_last = end == std::string::npos;
    if (found->second.type != EntryType::kSymlink || (is_last && !follow)) continue;
    if (++links > kMaxLinks) return fail(ErrorCode::kIo, path, "too many levels of links");
    const std::string rest = is_last ? "" : todo.substr(end);
    todo = normalize_path(join_path(parent_path(found->first), found->second.content) + rest);
    end = 0;
  }
  if (!entries_.contains(todo)) return fail(ErrorCode::kNotFound, path, "does not exist");
  return todo;
}

Result<std::vector<DirectoryEntry>> MemoryFileSystem::list(const std::string& folder) const {
  const auto real = resolve(folder, true);
  if (!real) return tl::unexpected(real.error());
  const auto found = entries_.find(*real);
  if (found->second.type != EntryType::kFolder) {
    return fail(ErrorCode::kNotAFolder, folder, "is not a folder");
  }
  {
    const std::lock_guard lock(mutex_);
    lists_.insert(*real);
  }
  if (found->second.forbidden) return fail(ErrorCode::kPermission, folder, "permission denied");
  std::vector<DirectoryEntry> listed;
  for (auto entry = std::next(found); entry != entries_.end(); ++entry) {
    const std::string_view path = entry->first;
    if (parent_path(path) == *real)
      listed.push_back({std::string(file_name(path)), entry->second.type});
  }
  return listed;
}

Result<FileStatus> MemoryFileSystem::status(const std::string& path, bool follow) const {
  const auto real = resolve(path, follow);
  if (!real) return tl::unexpected(real.error());
  const Entry& entry = entries_.at(*real);
  return FileStatus{entry.type, entry.content.size(), entry.time_ns, 1, entry.inode, entry.time_ns};
}

Result<std::string> MemoryFileSystem::read(const std::string& path, uint64_t max_bytes) const {
  const auto real = resolve(path, true);
  if (!real) return tl::unexpected(real.error());
  const Entry& entry = entries_.at(*real);
  {
    const std::lock_guard lock(mutex_);
    reads_.insert(*real);
  }
  if (entry.forbidden) return fail(ErrorCode::kPermission, path, "permission denied");
  if (entry.type != EntryType::kFile) return fail(ErrorCode::kIo, path, "is not a regular file");
  if (entry.content.size() > max_bytes) return fail(ErrorCode::kTooLarge, path, "is too large");
  return entry.content;
}

Result<std::string> MemoryFileSystem::real_path(const std::string& path) const {
  return resolve(path, true);
}

std::multiset<std::string> MemoryFileSystem::reads() const {
  const std::lock_guard lock(mutex_);
  return reads_;
}

std::multiset<std::string> MemoryFileSystem::lists() const {
  const std::lock_guard lock(mutex_);
  return lists_;
}

}  // namespace headwater
