#include "base/file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "base/open_path.h"
#include "base/stat_status.h"

namespace headwater {
namespace {

tl::unexpected<Error> system_error(int number, const std::string& path) {
  switch (number) {
    case ENOENT:
      return fail(ErrorCode::kNotFound, path, "does not exist");
    case EACCES:
    case EPERM:
      return fail(ErrorCode::kPermission, path, "permission denied; run as a user who may read it");
    case ENOTDIR:
      return fail(ErrorCode::kNotAFolder, path, "is not a folder");
    case ENAMETOOLONG:
      return fail(ErrorCode::kIo, path.substr(0, 200) + "...",
                  "the path is longer than 64 KiB; audit a folder further down");
    default:
      return fail(ErrorCode::kIo, path, std::strerror(number));
  }
}

EntryType type_of_entry(const dirent64& entry, int folder) {
  switch (entry.d_type) {
    case DT_REG:
      return EntryType::kFile;
    case DT_DIR:
      return EntryType::kFolder;
    case DT_LNK:
      return EntryType::kSymlink;
    case DT_UNKNOWN: {  // some file systems do not keep the type in the folder
      struct stat found {};
      const int rc = fstatat(folder, entry.d_name, &found, AT_SYMLINK_NOFOLLOW);
      return rc == 0 ? type_of(found.st_mode) : EntryType::kOther;
    }
    default:
      return EntryType::kOther;
  }
}

/// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  const int number_;
};

class RealFileSystem final : public FileSystem {
 public:
  Result<std::vector<DirectoryEntry>> list(const std::string& folder) const override {
    const Descriptor open_folder(open_path(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY));
    if (!open_folder.is_open()) return system_error(errno, folder);
    std::vector<DirectoryEntry> entries;
    // Without readdir's stream: that costs a status call and an allocation per folder.
    alignas(dirent64) char buffer[1 << 15];
    for (;;) {
      const ssize_t size = getdents64(open_folder.number(), buffer, sizeof buffer);
      if (size < 0) return system_error(errno, folder);
      if (size == 0) return entries;
      for (ssize_t at = 0; at < size;) {
        const auto& entry = *reinterpret_cast<const dirent64*>(buffer + at);
        at += entry.d_reclen;
        const std::string_view name = entry.d_name;
        if (name == "." || name == "..") continue;
        entries.push_back({std::string(name), type_of_entry(entry, open_folder.number())});
      }
    }
  }

  Result<FileStatus> status(const std::string& path, bool follow) const override {
    struct stat found {};
    int rc = follow ? stat(path.c_str(), &found) : lstat(path.c_str(), &found);
    if (rc != 0 && errno == ENAMETOOLONG) {
      const Descriptor file(open_path(AT_FDCWD, path, O_PATH | (follow ? 0 : O_NOFOLLOW)));
      if (file.is_open()) rc = fstat(file.number(), &found);
    }
    if (rc != 0) return system_error(errno, path);
    return status_of(found);
  }

  Result<std::string> read(const std::string& path, uint64_t max_bytes) const override {
    // Without O_NONBLOCK a FIFO of that name would hang the audit.
    const Descriptor file(open_path(AT_FDCWD, path, O_RDONLY | O_NONBLOCK));
    if (!file.is_open()) return system_error(errno, path);
    struct stat found {};
    if (fstat(file.number(), &found) != 0) return system_error(errno, path);
    if (!S_ISREG(found.st_mode)) return fail(ErrorCode::kIo, path, "is not a regular file");
    std::string text;
    text.reserve(std::min(static_cast<uint64_t>(found.st_size), max_bytes));
    char buffer[1 << 14];
    for (;;) {
      const ssize_t count = ::read(file.number(), buffer, sizeof buffer);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return system_error(errno, path);
      if (count == 0) return text;
      text.append(buffer, static_cast<size_t>(count));
      if (text.size() > max_bytes) {
        return fail(ErrorCode::kTooLarge, path, "is larger than a file of its kind should be");
      }
    }
  }

  bool is_of_machine() const override { return true; }

  Result<std::string> real_path(const std::string& path) const override {
    const std::unique_ptr<char, void (*)(void*)> found(realpath(path.c_str(), nullptr), std::free);
    if (!found) return system_error(errno, path);
    return std::string(found.get());
  }
};

}  // namespace

const FileSystem& real_file_system() {
  static const RealFileSystem kFileSystem;
  return kFileSystem;
}

}  // namespace headwater
