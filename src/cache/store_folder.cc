#include "cache/store_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <memory>
#include <random>
#include <string_view>

namespace headwater::cache {
namespace {

constexpr std::string_view kPackSuffix = ".pack";
constexpr std::string_view kTemporarySuffix = ".tmp";

std::optional<uint64_t> hexadecimal(std::string_view digits) {
  uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// By name alone; nothing if it is none of ours.
std::optional<StoreFile> store_file(std::string_view name) {
  constexpr size_t kDigits = 16;
  constexpr size_t kStem = 2 * kDigits + 1;
  if (name.size() <= kStem || name[kDigits] != '-') return std::nullopt;
  StoreFile file;
  const std::string_view suffix = name.substr(kStem);
  file.is_temporary = suffix == kTemporarySuffix;
  if (!file.is_temporary && suffix != kPackSuffix) return std::nullopt;
  const auto identity = hexadecimal(name.substr(0, kDigits));
  if (!identity || !hexadecimal(name.substr(kDigits + 1, kDigits))) return std::nullopt;
  file.identity = *identity;
  return file;
}

uint64_t random_number() {
  std::random_device device;
  return uint64_t{device()} << 32 | device();
}

/// Whether all packs that were seen were still there when their size was asked for.
Result<bool> list_once(const std::string& folder, std::vector<StoreFile>& files) {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir(folder.c_str()), closedir);
  if (!directory) {
    if (errno == ENOENT) return true;
    return cannot_list_store(folder, errno);
  }
  bool is_stable = true;
  while (const dirent* entry = readdir(directory.get())) {
    auto file = store_file(entry->d_name);
    if (!file) continue;
    struct stat status {};
    if (fstatat(dirfd(directory.get()), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      if (!file->is_temporary) is_stable = false;
      continue;
    }
    file->path = folder + '/' + entry->d_name;
    file->size_bytes = static_cast<uint64_t>(status.st_size);
    file->mtime_seconds = status.st_mtim.tv_sec;
    files.push_back(std::move(*file));
  }
  return is_stable;
}

/// Locks a new temporary file. Until then it looks abandoned, in these steps: 1. it is created; 2.
/// remove_abandoned() of another process opens and locks it; 3. here the lock is asked for, and not
/// given; 4. the other removes it. Or 3 comes after 4, and the lock is one of a file without a
/// name.
bool is_kept(int descriptor) {
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
  struct stat status {};
  return fstat(descriptor, &status) != 0 || status.st_nlink > 0;
}

}  // namespace

tl::unexpected<Error> cannot_list_store(const std::string& folder, int error) {
  return fail(error == EACCES ? ErrorCode::kPermission : ErrorCode::kIo, folder,
              std::string("cannot be listed, ") + std::strerror(error));
}

tl::unexpected<Error> cannot_write_store(const std::string& path, int error) {
  return fail(error == EACCES ? ErrorCode::kPermission : ErrorCode::kIo, path,
              std::string("cannot be written, ") + std::strerror(error));
}

bool make_store_folder(const std::string& folder) {
  if (mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return true;
  if (errno != ENOENT) return false;
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(folder).parent_path(), error);
  if (error) errno = error.value();
  return !error && (mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST);
}

Result<std::vector<StoreFile>> list_store(const std::string& folder) {
  // A pack that goes meanwhile was merged into another, which the list may not have: try again. Not
  // for ever, as others may go on merging.
  constexpr int kMostTries = 8;
  std::vector<StoreFile> files;
  for (int i = 0; i < kMostTries; ++i) {
    files.clear();
    const auto is_stable = list_once(folder, files);
    if (!is_stable) return tl::unexpected(is_stable.error());
    if (*is_stable) break;
  }
  std::ranges::sort(files, {}, &StoreFile::path);
  return files;
}

Result<NewFile> create_in_store(const std::string& folder, uint64_t identity) {
  if (!make_store_folder(folder)) return cannot_write_store(folder, errno);
  for (;;) {
    const std::string stem = fmt::format("{}/{:016x}-{:016x}", folder, identity, random_number());
    NewFile file;
    file.path = stem + std::string(kPackSuffix);
    file.temporary = stem + std::string(kTemporarySuffix);
    file.descriptor =
        Descriptor(open(file.temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.descriptor && errno != EEXIST) return cannot_write_store(file.temporary, errno);
    if (!file.descriptor) continue;
    if (is_kept(file.descriptor.get())) return file;
  }
}

bool remove_abandoned(const StoreFile& file) {
  constexpr int64_t kHour = 3600;
  const Descriptor descriptor(
      open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!descriptor) return false;
  const bool is_locked = flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0;
  if (is_locked && errno == EWOULDBLOCK) return false;
  // A file system without locks: nobody writes a pack for an hour.
  if (is_locked && file.mtime_seconds + kHour > std::time(nullptr)) return false;
  return unlink(file.path.c_str()) == 0;
}

std::optional<Descriptor> lock_store(const std::string& folder) {
  Descriptor descriptor(
      open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!descriptor || flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0) return std::nullopt;
  return descriptor;
}

}  // namespace headwater::cache
