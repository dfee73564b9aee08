#pragma once

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "cache/pack_format.h"
#include "cache/store_folder.h"

namespace headwater::cache {

/// Entries on their way into a pack: one behind the other, and their rows.
struct EntryBatch {
  std::vector<std::byte> bytes;
  std::vector<IndexRow> rows;  // offsets in `bytes`

  void clear() {
    bytes.clear();
    rows.clear();
  }
};

/// Writes a pack, which is there once it is finished and not before. Not thread safe.
///
/// It does not wait for the disk (fsync): a killed process loses nothing that the system has taken,
/// and what a power cut leaves half written is found by its checksums and is a miss. Waiting
/// would cost seconds after a large first run.
class PackWriter {
 public:
  static Result<PackWriter> create(const std::string& folder, uint64_t identity);
  PackWriter(PackWriter&&) = default;
  PackWriter& operator=(PackWriter&&) = delete;
  /// An unfinished pack is removed.
  ~PackWriter();

  /// Each key once. What would be beyond 32 GiB is left out.
  Result<void> append(const EntryBatch& batch);

  /// `mtime_seconds`: when the entries served last; now, if it is not given.
  Result<void> finish(std::optional<int64_t> mtime_seconds = std::nullopt);

 private:
  PackWriter(NewFile file, uint64_t identity) : file_(std::move(file)), identity_(identity) {}
  Result<void> write(std::span<const std::byte> bytes);

  NewFile file_;
  uint64_t identity_;
  uint64_t offset_ = 0;  // bytes
  std::vector<IndexRow> rows_;
};

}  // namespace headwater::cache
