#pragma once

#include <string>
#include <vector>

#include "cache/observed_file_system.h"
#include "cache/snapshot.h"

namespace headwater::pipeline {

/// A run that is over, kept to know when it would say something else: all that it asked of the file
/// system. Lives no longer than what has observed it.
class WatchedRun {
 public:
  WatchedRun(const FileSystem& files, cache::ObservedFileSystem::Observations seen,
             int64_t started_ns);

  /// Folders that exist in which something has to change before an answer does. What a link leads
  /// to may lie elsewhere.
  std::vector<std::string> folders() const;
  /// Whether everything would be answered alike now.
  bool holds();

 private:
  const FileSystem& files_;
  bool is_consistent_;  // else it has changed under the run
  cache::Snapshot seen_;
};

}  // namespace headwater::pipeline
