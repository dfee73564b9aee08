#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// The folder of snapshots: what its files are called, and how much of them is kept.
///
/// - `<subject>-<request>`, 16 hexadecimal digits each: a snapshot, whole under this name.
/// - the same and a dot and six more letters: being written, by write_file_atomically(). A killed
///   writer leaves it.
///
/// Other files are nobody's business here.
namespace headwater::cache {

struct SnapshotFile {
  std::string path;
  bool is_temporary = false;
  uint64_t size_bytes = 0;
  int64_t mtime_seconds = 0;  // of a snapshot: when it answered last, give or take a day
};

/// By path. None where the folder does not exist; an error where it cannot be listed.
Result<std::vector<SnapshotFile>> list_snapshots(const std::string& folder);

struct SnapshotLimits {
  uint64_t most_bytes = 256 << 20;
  size_t most_files = 512;  // all are looked at whenever one is written
  int64_t most_age_days = 30;
  /// So many of the newest stay whatever their size: two large ones must not drive out each other.
  size_t always_kept = 4;
};

/// Puts a whole file in the place of the snapshot of that name. Makes the folder, for the user
/// alone.
Result<void> write_snapshot(const std::string& folder, const std::string& name,
                            std::string_view bytes);

/// Removes what is beyond the limits, of every version of headwater, those first that have not
/// answered for longest, and what killed writers left. Any number of processes may do so at once:
/// what two of them remove is removed, and one that is written meanwhile is at worst made again.
void keep_snapshots(const std::string& folder, const SnapshotLimits& limits = {});

/// That a snapshot has answered, noted once a day.
void mark_used(const std::string& path);

/// Whether nobody writes a temporary file any more: no snapshot is written for an hour.
bool is_abandoned(const SnapshotFile& file);

}  // namespace headwater::cache
