#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

/// What `headwater cache` does with a store, beside running audits.
namespace headwater::cache {

struct StoreInfo {
  uint64_t packs = 0;  // of this scanner
  uint64_t entries = 0;
  uint64_t bytes = 0;
  uint64_t damaged_packs = 0;  // those among `packs` whose index cannot be read
  uint64_t other_packs = 0;    // of other scanners, which is what other versions of headwater are
  uint64_t other_bytes = 0;
  uint64_t temporary_files = 0;       // in use, or left by killed processes
  std::optional<int64_t> oldest_use;  // seconds since 1970, of packs of any scanner, within a day
  std::optional<int64_t> newest_use;
};

/// All zero where there is no store. An error if its folder cannot be listed.
Result<StoreInfo> info(const std::string& folder, uint64_t scanner);

struct VerifyResult {
  uint64_t packs = 0;
  uint64_t entries = 0;
  uint64_t unchecked_packs = 0;  // of other scanners
  std::vector<Error> damaged;    // one for each pack that is not whole, by path
};

/// Reads every entry of every pack of this scanner: checksum, key and the bounds of the facts.
/// Changes nothing; a run repairs what it comes across.
Result<VerifyResult> verify(const std::string& folder, uint64_t scanner);

struct SnapshotInfo {
  uint64_t snapshots = 0;  // of this program
  uint64_t bytes = 0;
  uint64_t other_snapshots = 0;  // of other programs, or damaged in their first bytes
  uint64_t other_bytes = 0;
  uint64_t temporary_files = 0;
  std::optional<int64_t> newest_use;  // seconds since 1970, of any program, within a day
};

/// Of a folder of snapshots or worlds, by their first bytes. All zero where there are none; an
/// error if the folder cannot be listed.
Result<SnapshotInfo> snapshot_info(const std::string& folder, uint64_t program);

struct SnapshotVerifyResult {
  uint64_t snapshots = 0;
  uint64_t other_snapshots = 0;  // of other programs: their checksums are right
  std::vector<Error> damaged;    // by path
};

/// Reads every snapshot or world. Changes nothing; a run that cannot read its own writes it anew.
Result<SnapshotVerifyResult> verify_snapshots(const std::string& folder, uint64_t program);

struct CleanResult {
  uint64_t files = 0;
  uint64_t bytes = 0;         // freed
  std::vector<Error> failed;  // what could not be removed, by path
};

/// Removes the packs of every scanner, and what killed writers left. What other processes write
/// meanwhile stays, and so does everything in the folder that is not the store's.
Result<CleanResult> clean(const std::string& folder);

/// The same for a folder of snapshots or worlds.
Result<CleanResult> clean_snapshots(const std::string& folder);

}  // namespace headwater::cache
