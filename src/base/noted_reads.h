#pragma once

#include <functional>
#include <string>
#include <utility>

#include "base/file_system.h"

namespace headwater {

/// Another file system, which tells somebody of each file that is read. As thread safe as both.
class NotedReads final : public FileSystem {
 public:
  using Note = std::function<void(const std::string& path)>;

  NotedReads(const FileSystem& files, Note note) : files_(files), note_(std::move(note)) {}

  Result<std::vector<DirectoryEntry>> list(const std::string& folder) const override {
    return files_.list(folder);
  }
  Result<FileStatus> status(const std::string& path, bool follow) const override {
    return files_.status(path, follow);
  }
  Result<std::string> read(const std::string& path, uint64_t max_bytes) const override {
    note_(path);
    return files_.read(path, max_bytes);
  }
  Result<std::string> real_path(const std::string& path) const override {
    return files_.real_path(path);
  }
  std::optional<uint64_t> content_id(const std::string& path) const override {
    return files_.content_id(path);
  }
  bool is_of_machine() const override { return files_.is_of_machine(); }

 private:
  const FileSystem& files_;
  const Note note_;
};

}  // namespace headwater
