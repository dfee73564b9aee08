#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/file_system.h"

namespace headwater {

/// A file system for tests. Remembers what was read and listed, so that tests can assert on it.
/// Paths are absolute and normalized; the folders above an entry come to be with it. Build it, then
/// use it from any thread.
class MemoryFileSystem final : public FileSystem {
 public:
  MemoryFileSystem() { entries_["/"].type = EntryType::kFolder; }

  MemoryFileSystem& add_file(const std::string& path, std::string text = "");
  MemoryFileSystem& add_folder(const std::string& path);
  /// The time of what is added or written from now on, and of the folders that it is added to. The
  /// clock stands still otherwise; it begins with 0.
  MemoryFileSystem& set_clock(int64_t now_ns);
  /// Gives a file another text; it stays the same file.
  MemoryFileSystem& rewrite(const std::string& path, std::string text);
  /// `target`: absolute, or relative to the link's folder. Need not exist.
  MemoryFileSystem& add_link(const std::string& path, std::string target);
  MemoryFileSystem& add_special(const std::string& path);
  /// Reading or listing `path`, which must be there, fails with kPermission.
  MemoryFileSystem& forbid(const std::string& path);

  Result<std::vector<DirectoryEntry>> list(const std::string& folder) const override;
  Result<FileStatus> status(const std::string& path, bool follow = true) const override;
  Result<std::string> read(const std::string& path, uint64_t max_bytes = 64 << 20) const override;
  Result<std::string> real_path(const std::string& path) const override;

  /// Real paths, one for each call that succeeded or was forbidden.
  std::multiset<std::string> reads() const;
  std::multiset<std::string> lists() const;

 private:
  struct Entry {
    EntryType type = EntryType::kFolder;
    std::string content;  // a file's text, a link's target
    bool forbidden = false;
    uint64_t inode = 0;
    int64_t time_ns = 0;
  };

  MemoryFileSystem& add(const std::string& path, EntryType type, std::string content);
  /// `path` without links; those in its last part stay unless `follow`.
  Result<std::string> resolve(const std::string& path, bool follow) const;

  std::map<std::string, Entry> entries_;
  int64_t now_ns_ = 0;
  mutable std::mutex mutex_;  // guards what follows
  mutable std::multiset<std::string> reads_;
  mutable std::multiset<std::string> lists_;
};

}  // namespace headwater
