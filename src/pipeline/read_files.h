#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/sort_distinct.h"

namespace headwater::pipeline {

/// Another file system that knows which files were read. Thread safe.
class ReadFiles final : public FileSystem {
 public:
  explicit ReadFiles(const FileSystem& files) : files_(files) {}

  Result<std::vector<DirectoryEntry>> list(const std::string& folder) const override {
    return files_.list(folder);
  }
  Result<FileStatus> status(const std::string& path, bool follow) const override {
    return files_.status(path, follow);
  }
  Result<std::string> read(const std::string& path, uint64_t max_bytes) const override {
    {
      const std::lock_guard lock(mutex_);
      read_.push_back(path);
    }
    return files_.read(path, max_bytes);
  }
  Result<std::string> real_path(const std::string& path) const override {
    return files_.real_path(path);
  }
  std::optional<uint64_t> content_id(const std::string& path) const override {
    return files_.content_id(path);
  }
  bool is_of_machine() const override { return files_.is_of_machine(); }

  /// Sorted, each once. Not beside calls of others.
  std::vector<std::string> take_read() {
    sort_distinct(read_);
    return std::move(read_);
  }

 private:
  const FileSystem& files_;
  mutable std::mutex mutex_;
  mutable std::vector<std::string> read_;
};

}  // namespace headwater::pipeline
