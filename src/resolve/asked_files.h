#pragma once

#include <tbb/enumerable_thread_specific.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/sort_distinct.h"
#include "resolve/finder.h"

namespace headwater::resolve {

/// Whose facts and texts were asked for while something was found out: it says the same as long as
/// they do. Each thread notes what it does itself, so that a piece of work has to stay on one.
/// Thread safe.
class AskedFiles {
 public:
  /// `is_kept` false: nobody will want to know.
  AskedFiles(const FileIds& ids, bool is_kept) : ids_(ids), is_kept_(is_kept) {}

  void note(uint32_t file) const {
    if (!is_kept_ || file == UINT32_MAX) return;
    std::vector<uint32_t>& noted = noted_.local();
    if (noted.empty() || noted.back() != file) noted.push_back(file);
  }
  void note_path(const std::string& path) const {
    if (is_kept_) note(ids_.find(path));
  }

  /// A piece of work begins; it ends with take(), which gives the files in order, each once.
  void begin() const {
    if (is_kept_) noted_.local().clear();
  }
  std::vector<uint32_t> take() const {
    if (!is_kept_) return {};
    std::vector<uint32_t> taken = noted_.local();
    sort_distinct(taken);
    return taken;
  }

 private:
  const FileIds& ids_;
  const bool is_kept_;
  mutable tbb::enumerable_thread_specific<std::vector<uint32_t>> noted_;
};

/// Another file system, whose reads are noted.
class NotedReads final : public FileSystem {
 public:
  NotedReads(const FileSystem& files, const AskedFiles& asked) : files_(files), asked_(asked) {}

  Result<std::vector<DirectoryEntry>> list(const std::string& folder) const override {
    return files_.list(folder);
  }
  Result<FileStatus> status(const std::string& path, bool follow) const override {
    return files_.status(path, follow);
  }
  Result<std::string> read(const std::string& path, uint64_t max_bytes) const override {
    asked_.note_path(path);
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
  const AskedFiles& asked_;
};

}  // namespace headwater::resolve
