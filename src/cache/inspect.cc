#include "cache/inspect.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "cache/pack_format.h"
#include "cache/pack_reader.h"
#include "cache/store_folder.h"

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
    if (file.is_temporary && !remove_abandoned(file)) continue;
    if (!file.is_temporary && unlink(file.path.c_str()) != 0) {
      if (errno != ENOENT) result.failed.push_back(cannot_write_store(file.path, errno).value());
      continue;
    }
    ++result.files;
    result.bytes += file.size_bytes;
  }
  return result;
}

}  // namespace headwater::cache
