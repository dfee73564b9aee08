#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"

namespace headwater {

/// The whole of a file and what it was when it was read.
struct FileBytes {
  std::string_view text;  // valid until the reader reads again; 64 zero bytes follow it
  uint64_t size_bytes = 0;
  int64_t mtime_ns = 0;
};

/// A regular file of bearable size, open for reading.
class OpenFile {
 public:
  /// Opens `path` below the folder `folder`, a descriptor. Links and anything but regular files are
  /// refused; kTooLarge above `max_bytes`, without a byte read.
  static Result<OpenFile> open(int folder, const std::string& path, uint64_t max_bytes);

  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&& other) noexcept;
  ~OpenFile();

  /// Asks the system to fetch the start of the file, and does not wait for it.
  void prefetch() const;

  int descriptor() const { return descriptor_; }
  const std::string& path() const { return path_; }
  /// As it was when the file was opened.
  const FileStatus& status() const { return status_; }

 private:
  OpenFile(int descriptor, const std::string& path) : descriptor_(descriptor), path_(path) {}

  int descriptor_;
  std::string path_;
  FileStatus status_{EntryType::kFile};
};

/// Reads whole files into one buffer that is used again. One per thread.
///
/// It always copies. A mapping was measured cheaper from 256 KiB on, dearer below (docs/io.md), but
/// it is not safe, in these steps: 1. the file is mapped at its size; 2. another process truncates
/// it; 3. the scanner touches a page beyond the new end; 4. the kernel sends SIGBUS. Nothing that
/// is checked between 1 and 3 helps, as 2 may come after the check, and a handler would have to
/// leave a scan task halfway. A copy ends where the file ends, and a file that changed meanwhile is
/// told by its size and time before and after.
class FileReader {
 public:
  /// kChanged if the file's size or time changed meanwhile.
  Result<FileBytes> read(const OpenFile& file);
  /// The same, of a file that is in memory; nothing if it would have to wait for the disk.
  Result<std::optional<FileBytes>> read_if_resident(const OpenFile& file);

 private:
  void reserve(uint64_t size);
  /// Reads on from `length` to the end; the new length, or -1 with errno.
  int64_t read_rest(const OpenFile& file, uint64_t length);
  Result<FileBytes> finish(const OpenFile& file, uint64_t length);

  std::vector<char> buffer_;
};

}  // namespace headwater
