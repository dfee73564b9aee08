#pragma once

#include <sys/stat.h>

#include <ctime>

#include "base/file_system.h"

namespace headwater {

inline int64_t nanoseconds(const timespec& time) {
  return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

inline EntryType type_of(mode_t mode) {
  if (S_ISREG(mode)) return EntryType::kFile;
  if (S_ISDIR(mode)) return EntryType::kFolder;
  return S_ISLNK(mode) ? EntryType::kSymlink : EntryType::kOther;
}

inline FileStatus status_of(const struct stat& found) {
  return {type_of(found.st_mode),
          static_cast<uint64_t>(found.st_size),
          nanoseconds(found.st_mtim),
          found.st_dev,
          found.st_ino,
          nanoseconds(found.st_ctim)};
}

}  // namespace headwater
