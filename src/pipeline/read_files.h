#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "base/noted_reads.h"
#include "base/sort_distinct.h"

namespace headwater::pipeline {

/// Which files are read through files(). Thread safe.
class ReadFiles {
 public:
  explicit ReadFiles(const FileSystem& files)
      : files_(files, [this](const std::string& path) {
          const std::lock_guard lock(mutex_);
          read_.push_back(path);
        }) {}
  ReadFiles(const ReadFiles&) = delete;
  ReadFiles& operator=(const ReadFiles&) = delete;

  const FileSystem& files() const { return files_; }

  /// Sorted, each once. Not beside calls of others.
  std::vector<std::string> take_read() {
    sort_distinct(read_);
    return std::move(read_);
  }

 private:
  const NotedReads files_;
  std::mutex mutex_;
  std::vector<std::string> read_;
};

}  // namespace headwater::pipeline
