#pragma once

#include <set>
#include <string>
#include <vector>

namespace headwater {

/// Waits for something to change in folders: an entry that comes or goes, the content or status of
/// a file. Folders below are others. What changes is not told: who waits has to look. It may return
/// though nothing has changed, and where the system cannot tell (too many folders, no inotify), it
/// returns every second. What other machines write on a network file system no system tells, so
/// it never waits for more than a minute.
///
/// Not thread safe.
class FileWatcher {
 public:
  FileWatcher();
  ~FileWatcher();
  FileWatcher(const FileWatcher&) = delete;
  FileWatcher& operator=(const FileWatcher&) = delete;

  /// These from now on, and no others. Those that do not exist are left out.
  void watch(const std::vector<std::string>& folders);
  /// Until something changes, or has since watch() or the last settle().
  void wait() const;
  /// Until nothing has changed for a tenth of a second, so that a checkout is one change; for two
  /// seconds at most.
  void settle() const;

  /// Whether it has given up on being told.
  bool polls() const { return descriptor_ < 0; }

 private:
  void give_up();
  bool is_ready(int milliseconds) const;

  int descriptor_;
  std::set<int> watches_;
};

}  // namespace headwater
