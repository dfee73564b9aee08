#include "cache/housekeeping.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <ctime>
#include <unordered_set>
#include <vector>

#include "cache/pack_reader.h"
#include "cache/pack_writer.h"
#include "cache/store_folder.h"

namespace headwater::cache {
namespace {

/// Each pack costs a run an open file, and a key that is not there a search.
constexpr size_t kMostPacks = 16;
/// A merged pack is at most so much of the limit: what is too much goes by whole packs.
constexpr uint64_t kLargestShare = 8;

std::vector<IndexRow> rows_by_place(const PackReader& pack) {
  std::vector<IndexRow> rows(pack.rows().begin(), pack.rows().end());
  std::ranges::sort(rows, {}, &IndexRow::offset_words);
  return rows;
}

/// Copies what is whole, each key once.
Result<void> copy_entries(const std::vector<PackReader>& packs, PackWriter& writer) {
  constexpr size_t kBatchBytes = 1 << 20;
  std::unordered_set<uint64_t> copied;
  ReadWindow window;
  EntryBatch batch;
  for (const PackReader& pack : packs) {
    for (IndexRow row : rows_by_place(pack)) {
      const auto entry =
          copied.contains(row.key_hash) ? std::span<const std::byte>() : pack.entry(row, window);
      if (entry.empty()) continue;
      copied.insert(row.key_hash);
      row.offset_words = static_cast<uint32_t>(batch.bytes.size() / kWord);
      batch.bytes.insert(batch.bytes.end(), entry.begin(), entry.end());
      batch.rows.push_back(row);
      if (batch.bytes.size() < kBatchBytes) continue;
      if (const auto done = writer.append(batch); !done) return done;
      batch.clear();
    }
  }
  return writer.append(batch);
}

/// Puts one pack in the place of several. Those that are no packs at all are removed.
Result<void> merge(const std::string& folder, uint64_t identity,
                   const std::vector<StoreFile>& files) {
  std::vector<PackReader> packs;
  std::vector<std::string> replaced;
  int64_t used = 0;
  for (const StoreFile& file : files) {
    auto pack = PackReader::open(file.path, identity);
    if (!pack && pack.error().code != ErrorCode::kMalformed) continue;
    replaced.push_back(file.path);
    used = std::max(used, file.mtime_seconds);
    if (pack) packs.push_back(std::move(*pack));
  }
  if (!packs.empty()) {
    auto writer = PackWriter::create(folder, identity);
    if (!writer) return tl::unexpected(writer.error());
    if (const auto copied = copy_entries(packs, *writer); !copied) return copied;
    if (const auto finished = writer->finish(used); !finished) return finished;
  }
  for (const std::string& path : replaced) unlink(path.c_str());
  return {};
}

/// Packs of the size class that has the most, where there are many. A class spans a factor of
/// eight, so that an entry is copied about as often as the store has grown by eight since it came.
std::vector<StoreFile> packs_to_merge(std::vector<StoreFile> packs, uint64_t largest) {
  std::erase_if(packs, [&](const StoreFile& file) { return file.size_bytes > largest; });
  if (packs.size() <= kMostPacks) return {};
  std::array<std::vector<StoreFile>, 22> classes;
  for (const StoreFile& file : packs)
    classes[static_cast<size_t>(std::bit_width(file.size_bytes)) / 3].push_back(file);
  auto& most = *std::ranges::max_element(classes, {}, &std::vector<StoreFile>::size);
  std::ranges::sort(most, {}, &StoreFile::size_bytes);
  uint64_t bytes = 0;
  const auto too_much = std::ranges::find_if(
      most, [&](const StoreFile& file) { return (bytes += file.size_bytes) > largest; });
  most.erase(too_much, most.end());
  if (most.size() < 2) most.clear();
  return most;
}

/// Those of other scanners go first, then those that have not served for the longest time.
void remove_beyond(const StoreLimits& limits, uint64_t identity, std::vector<StoreFile> packs) {
  constexpr int64_t kDay = 24 * 3600;
  const int64_t oldest = std::time(nullptr) - limits.most_age_days * kDay;
  std::ranges::sort(packs, {}, [&](const StoreFile& file) {
    return std::pair(file.identity == identity, file.mtime_seconds);
  });
  uint64_t bytes = 0;
  for (const StoreFile& file : packs) bytes += file.size_bytes;
  for (const StoreFile& file : packs) {
    if (bytes <= limits.most_bytes && file.mtime_seconds >= oldest) continue;
    unlink(file.path.c_str());
    bytes -= file.size_bytes;
  }
}

/// The packs of all scanners; removes what killed writers left.
Result<std::vector<StoreFile>> list_packs(const std::string& folder) {
  auto files = list_store(folder);
  if (!files) return files;
  std::erase_if(*files, [](const StoreFile& file) {
    if (file.is_temporary) remove_abandoned(file);
    return file.is_temporary;
  });
  return files;
}

}  // namespace

Result<void> keep_house(const std::string& folder, uint64_t identity, const StoreLimits& limits,
                        const std::set<std::string>& damaged) {
  const auto lock = lock_store(folder);
  if (!lock) return {};
  const auto files = list_packs(folder);
  if (!files) return tl::unexpected(files.error());
  std::vector<StoreFile> whole;
  std::vector<StoreFile> bad;
  for (const StoreFile& file : *files) {
    if (file.identity == identity) (damaged.contains(file.path) ? bad : whole).push_back(file);
  }
  if (!bad.empty()) {
    if (const auto merged = merge(folder, identity, bad); !merged) return merged;
  }
  const auto many = packs_to_merge(std::move(whole), limits.most_bytes / kLargestShare);
  if (!many.empty()) {
    if (const auto merged = merge(folder, identity, many); !merged) return merged;
  }
  auto packs = list_packs(folder);
  if (!packs) return tl::unexpected(packs.error());
  remove_beyond(limits, identity, std::move(*packs));
  return {};
}

}  // namespace headwater::cache
