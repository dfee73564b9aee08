#include "cache/snapshot_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <memory>

#include "base/atomic_file.h"
#include "cache/store_folder.h"

namespace headwater::cache {
namespace {

constexpr int64_t kHour = 3600;
constexpr int64_t kDay = 24 * kHour;

bool are_digits(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// By name alone; nothing if it is none of ours.
std::optional<SnapshotFile> snapshot_file(std::string_view name) {
  constexpr size_t kDigits = 16;
  constexpr size_t kWhole = 2 * kDigits + 1;
  constexpr size_t kTemporary = kWhole + 1 + 6;
  if (name.size() != kWhole && name.size() != kTemporary) return std::nullopt;
  if (name[kDigits] != '-' || !are_digits(name.substr(0, kDigits)) ||
      !are_digits(name.substr(kDigits + 1, kDigits))) {
    return std::nullopt;
  }
  SnapshotFile file;
  file.is_temporary = name.size() == kTemporary;
  if (file.is_temporary && name[kWhole] != '.') return std::nullopt;
  return file;
}

}  // namespace

Result<std::vector<SnapshotFile>> list_snapshots(const std::string& folder) {
  std::vector<SnapshotFile> files;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir(folder.c_str()), closedir);
  if (!directory) {
    if (errno == ENOENT) return files;
    return cannot_list_store(folder, errno);
  }
  while (const dirent* entry = readdir(directory.get())) {
    auto file = snapshot_file(entry->d_name);
    struct stat status {};
    if (!file ||
        fstatat(dirfd(directory.get()), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(status.st_mode)) {
      continue;
    }
    file->path = folder + '/' + entry->d_name;
    file->size_bytes = static_cast<uint64_t>(status.st_size);
    file->mtime_seconds = status.st_mtim.tv_sec;
    files.push_back(std::move(*file));
  }
  std::ranges::sort(files, {}, &SnapshotFile::path);
  return files;
}

Result<void> write_snapshot(const std::string& folder, const std::string& name,
                            std::string_view bytes) {
  if (!make_store_folder(folder)) return cannot_write_store(folder, errno);
  return write_file_atomically(folder + '/' + name, bytes);
}

void keep_snapshots(const std::string& folder, const SnapshotLimits& limits) {
  auto files = list_snapshots(folder);
  if (!files) return;
  std::ranges::sort(*files, std::greater(), &SnapshotFile::mtime_seconds);
  const int64_t oldest = std::time(nullptr) - limits.most_age_days * kDay;
  uint64_t bytes = 0;
  size_t kept = 0;
  for (const SnapshotFile& file : *files) {
    if (file.is_temporary) {
      if (is_abandoned(file)) unlink(file.path.c_str());
      continue;
    }
    const bool fits = kept < limits.always_kept ||
                      (bytes + file.size_bytes <= limits.most_bytes && kept < limits.most_files);
    if (!fits || file.mtime_seconds < oldest) {
      unlink(file.path.c_str());
      continue;
    }
    bytes += file.size_bytes;
    ++kept;
  }
}

void mark_used(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return;
  if (status.st_mtim.tv_sec + kDay < std::time(nullptr))
    utimensat(AT_FDCWD, path.c_str(), nullptr, 0);
}

bool is_abandoned(const SnapshotFile& file) {
  return file.is_temporary && file.mtime_seconds + kHour < std::time(nullptr);
}

}  // namespace headwater::cache
