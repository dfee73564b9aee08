#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cache/descriptor.h"

/// The folder of a store: what its files are called, and how processes share it.
///
/// - `<identity>-<number>.pack`: whole for ever. Numbers are random and never come again.
/// - `<identity>-<number>.tmp`: being written, under a lock (flock) that its writer holds. A killed
///   writer holds none.
/// - `lock`: held by the one process that merges and removes.
///
/// Other files are nobody's business here: the folder may have been given by hand.
namespace headwater::cache {

struct StoreFile {
  std::string path;
  uint64_t identity = 0;
  bool is_temporary = false;
  uint64_t size_bytes = 0;
  int64_t mtime_seconds = 0;  // of a pack: when it served last, give or take a day
};

/// Files of the store, by path. None where the folder does not exist; kPermission and others where
/// it cannot be listed.
Result<std::vector<StoreFile>> list_store(const std::string& folder);

struct NewFile {
  Descriptor descriptor;
  std::string temporary;  // its path, and the one that it is to have
  std::string path;
};

/// A temporary file with a new name, locked. Makes the folder.
Result<NewFile> create_in_store(const std::string& folder, uint64_t identity);

/// Removes a temporary file if no process writes it any more; tells whether.
bool remove_abandoned(const StoreFile& file);

/// The lock of the housekeeping, without waiting for it; nothing if another process has it, or if
/// nothing may be written here.
std::optional<Descriptor> lock_store(const std::string& folder);

/// The user's alone: what is kept tells what private sources import. False, and errno: it cannot be
/// made.
bool make_store_folder(const std::string& folder);

tl::unexpected<Error> cannot_list_store(const std::string& folder, int error);
tl::unexpected<Error> cannot_write_store(const std::string& path, int error);

}  // namespace headwater::cache
