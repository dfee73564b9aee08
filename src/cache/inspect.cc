#include "cache/inspect.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/file_system.h"
#include "cache/pack_format.h"
#include "cache/pack_reader.h"
#include "cache/snapshot.h"
#include "cache/snapshot_folder.h"
#include "cache/store_folder.h"
#include "cache/world_file.h"

namespace headwater::cache {
namespace {

/// Entries of a pack that are not what was written.
uint64_t bad_entries(const PackReader& pack) {
  std::vector<IndexRow> rows(pack.rows().begin(), pack.rows().end());
  std::ranges::sort(rows, {}, &IndexRow::offset_words);
  ReadWindow window;
  return static_cast<uint64_t>(std::ranges::count_if(rows, [&](const IndexRow& row) {
    const auto entry = pack.entry(row, window);
    return entry.empty() || hash_of(key_of(entry)) != row.key_hash ||
           !FileFacts::from_bytes(payload_of(entry));
  }));
}

/// Of a file; fewer where it has fewer.
std::string first_bytes(const std::string& path, size_t count) {
  std::string bytes(count, '\0');
  const Descriptor descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  const ssize_t got = descriptor ? pread(descriptor.get(), bytes.data(), count, 0) : 0;
  bytes.resize(static_cast<size_t>(std::max<ssize_t>(got, 0)));
  return bytes;
}

/// The program that wrote the snapshot or world.
std::optional<uint64_t> written_by(std::string_view first_bytes) {
  const auto program = program_of(first_bytes);
  return program ? program : program_of_world(first_bytes);
}

void remove(const std::string& path, uint64_t size_bytes, CleanResult& result) {
  if (unlink(path.c_str()) == 0) {
    ++result.files;
    result.bytes += size_bytes;
  } else if (errno != ENOENT) {
    result.failed.push_back(cannot_write_store(path, errno).value());
  }
}

}  // namespace

Result<StoreInfo> info(const std::string& folder, uint64_t scanner) {
  const auto files = list_store(folder);
  if (!files) return tl::unexpected(files.error());
  StoreInfo info;
  for (const StoreFile& file : *files) {
    if (file.is_temporary) {
      ++info.temporary_files;
      continue;
    }
    info.oldest_use = std::min(info.oldest_use.value_or(INT64_MAX), file.mtime_seconds);
    info.newest_use = std::max(info.newest_use.value_or(INT64_MIN), file.mtime_seconds);
    if (file.identity != pack_identity(scanner)) {
      ++info.other_packs;
      info.other_bytes += file.size_bytes;
      continue;
    }
    ++info.packs;
    info.bytes += file.size_bytes;
    const auto pack = PackReader::open(file.path, file.identity);
    if (pack) info.entries += pack->rows().size();
    if (!pack) ++info.damaged_packs;
  }
  return info;
}

Result<VerifyResult> verify(const std::string& folder, uint64_t scanner) {
  const auto files = list_store(folder);
  if (!files) return tl::unexpected(files.error());
  VerifyResult result;
  for (const StoreFile& file : *files) {
    if (file.is_temporary) continue;
    if (file.identity != pack_identity(scanner)) {
      ++result.unchecked_packs;
      continue;
    }
    const auto pack = PackReader::open(file.path, file.identity);
    if (!pack && pack.error().code == ErrorCode::kNotFound) continue;
    ++result.packs;
    if (!pack) {
      result.damaged.push_back(pack.error());
      continue;
    }
    result.entries += pack->rows().size();
    const uint64_t bad = bad_entries(*pack);
    if (bad == 0) continue;
    result.damaged.push_back(
        {ErrorCode::kMalformed, file.path,
         fmt::format("is damaged: {} of {} entries", bad, pack->rows().size())});
  }
  return result;
}

Result<CleanResult> clean(const std::string& folder) {
  const auto files = list_store(folder);
  if (!files) return tl::unexpected(files.error());
  CleanResult result;
  for (const StoreFile& file : *files) {
    if (!file.is_temporary) {
      remove(file.path, file.size_bytes, result);
    } else if (remove_abandoned(file)) {
      ++result.files;
      result.bytes += file.size_bytes;
    }
  }
  return result;
}

Result<SnapshotInfo> snapshot_info(const std::string& folder, uint64_t program) {
  const auto files = list_snapshots(folder);
  if (!files) return tl::unexpected(files.error());
  SnapshotInfo info;
  for (const SnapshotFile& file : *files) {
    if (file.is_temporary) {
      ++info.temporary_files;
      continue;
    }
    info.newest_use = std::max(info.newest_use.value_or(INT64_MIN), file.mtime_seconds);
    const bool is_own = written_by(first_bytes(file.path, kProgramBytes)) == program;
    ++(is_own ? info.snapshots : info.other_snapshots);
    (is_own ? info.bytes : info.other_bytes) += file.size_bytes;
  }
  return info;
}

Result<SnapshotVerifyResult> verify_snapshots(const std::string& folder, uint64_t program) {
  const auto files = list_snapshots(folder);
  if (!files) return tl::unexpected(files.error());
  SnapshotVerifyResult result;
  for (const SnapshotFile& file : *files) {
    if (file.is_temporary) continue;
    auto bytes = real_file_system().read(file.path, UINT64_MAX);
    if (!bytes && bytes.error().code == ErrorCode::kNotFound) continue;
    if (!bytes) {
      result.damaged.push_back(bytes.error());
      continue;
    }
    const bool is_sealed = has_its_checksum(*bytes);
    const bool is_other = is_sealed && written_by(*bytes) != program;
    ++(is_other ? result.other_snapshots : result.snapshots);
    const bool is_world = program_of_world(*bytes).has_value();
    if (is_other || (is_world ? is_sealed : decode(std::move(*bytes), program).has_value())) {
      continue;
    }
    result.damaged.push_back({ErrorCode::kMalformed, file.path, "is damaged"});
  }
  return result;
}

Result<CleanResult> clean_snapshots(const std::string& folder) {
  const auto files = list_snapshots(folder);
  if (!files) return tl::unexpected(files.error());
  CleanResult result;
  for (const SnapshotFile& file : *files) {
    if (!file.is_temporary || is_abandoned(file)) remove(file.path, file.size_bytes, result);
  }
  return result;
}

}  // namespace headwater::cache
