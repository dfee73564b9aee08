#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace headwater {

enum class EntryType : uint8_t {
  kFile,
  kFolder,
  kSymlink,
  kOther
};  // kOther: FIFO, socket, device

struct DirectoryEntry {
  std::string name;  // bytes as on disk, not necessarily UTF-8
  EntryType type;    // of the entry itself: links are not followed
};

struct FileStatus {
  EntryType type;
  uint64_t size_bytes = 0;
  int64_t mtime_ns = 0;
  uint64_t device = 0;  // with inode: the identity that tells a loop of links
  uint64_t inode = 0;
  int64_t ctime_ns = 0;  // of the last change of anything, which no program can set
};

/// What the stages need of a file system: the real one, or one in memory for tests. Thread safe.
/// Paths are absolute, or relative to the working folder, with `/`.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// The entries of a folder in no particular order, without `.` and `..`.
  virtual Result<std::vector<DirectoryEntry>> list(const std::string& folder) const = 0;
  /// `follow` tells whether a link's target is meant.
  virtual Result<FileStatus> status(const std::string& path, bool follow = true) const = 0;
  /// The whole of a small file such as a configuration. kTooLarge above `max_bytes`.
  virtual Result<std::string> read(const std::string& path,
                                   uint64_t max_bytes = 64 << 20) const = 0;
  /// Absolute, without links; kNotFound if it does not exist.
  virtual Result<std::string> real_path(const std::string& path) const = 0;
  /// Of a regular file, not reached by a link, that is kept by what is in it, as in a commit: a
  /// hash of that, which is known without a look at the file. It is the inode of its status, too.
  virtual std::optional<uint64_t> content_id(const std::string& /*path*/) const {
    return std::nullopt;
  }
  /// Whether it is the machine's own, so that files may be opened by other ways as well.
  virtual bool is_of_machine() const { return false; }

  bool is_file(const std::string& path) const {
    const auto found = status(path);
    return found && found->type == EntryType::kFile;
  }
  bool is_folder(const std::string& path) const {
    const auto found = status(path);
    return found && found->type == EntryType::kFolder;
  }
};

/// The machine's own file system.
const FileSystem& real_file_system();

}  // namespace headwater
