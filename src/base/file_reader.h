#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace headwater {

/// What a file was when it was read.
struct FileBytes {
  std::string_view text;  // valid until the next read; 64 zero bytes follow it
  uint64_t size_bytes = 0;
  int64_t mtime_ns = 0;
};

/// Reads whole files into one buffer that is used again. Always copies: a mapping of a file that
/// another process truncates ends in SIGBUS, and mapping small files costs more than reading them.
/// One per thread.
class FileReader {
 public:
  /// Opens `path` below the folder `folder_fd`. Links and anything but regular files are refused.
  /// kTooLarge above `max_bytes`; kChanged if the file's size or time changed meanwhile.
  Result<FileBytes> read(int folder_fd, const std::string& path, uint64_t max_bytes);

 private:
  Result<FileBytes> read_open(int file, const std::string& path, uint64_t max_bytes);

  std::vector<char> buffer_;
};

}  // namespace headwater
