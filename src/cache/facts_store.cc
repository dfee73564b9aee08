#include "cache/facts_store.h"

#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <utility>

#include "cache/pack_format.h"
#include "cache/store_folder.h"

namespace headwater::cache {
namespace {

/// What a thread gathers before it is written, so that what one thread asks for next time lies
/// together: each end of it is a jump for the reader, which reads ahead.
constexpr size_t kBatchBytes = 512 << 10;

}  // namespace

FactsStore::FactsStore(std::string folder, uint64_t scanner, StoreLimits limits)
    : folder_(std::move(folder)), identity_(pack_identity(scanner)), limits_(limits) {}

void FactsStore::warn(const Error& error) const {
  if (warning_.empty()) warning_ = "cache: " + error.path + ' ' + error.detail;
}

std::vector<std::string> FactsStore::warnings() const {
  const std::lock_guard lock(mutex_);
  if (warning_.empty()) return {};
  return {warning_};
}

/// False if one was gone by the time that it was opened.
bool FactsStore::open_listed_packs() const {
  packs_.clear();
  malformed_.clear();
  auto files = list_store(folder_);
  if (!files) {
    warn(files.error());
    return true;
  }
  std::ranges::stable_sort(*files, std::greater(), &StoreFile::size_bytes);
  bool is_complete = true;
  for (const StoreFile& file : *files) {
    if (file.is_temporary || file.identity != identity_) continue;
    auto pack = PackReader::open(file.path, identity_);
    if (pack) {
      packs_.emplace_back(std::move(*pack));
    } else if (pack.error().code == ErrorCode::kNotFound) {
      is_complete = false;
    } else {
      if (pack.error().code == ErrorCode::kMalformed) malformed_.insert(file.path);
      warn(pack.error());
    }
  }
  return is_complete;
}

void FactsStore::open_packs() const {
  if (is_open_.load(std::memory_order_acquire)) return;
  const std::lock_guard lock(mutex_);
  if (is_open_.load(std::memory_order_relaxed)) return;
  // A pack that has gone was merged into one that the list does not have yet. Others may go on
  // merging.
  constexpr int kMostTries = 8;
  for (int i = 0; i < kMostTries && !open_listed_packs(); ++i) {
  }
  is_open_.store(true, std::memory_order_release);
}

std::optional<FileFacts> FactsStore::find(const FactsKey& key) const {
  open_packs();
  const uint64_t hash = hash_of(key);
  for (Pack& pack : packs_) {
    const IndexRow* const row = pack.reader.look_up(hash);
    if (row == nullptr) continue;
    const auto entry = pack.reader.entry(*row, windows_.local());
    if (!entry.empty() && key_of(entry) != key) continue;
    auto facts = entry.empty() ? std::nullopt : FileFacts::from_bytes(payload_of(entry));
    if (facts) {
      if (!pack.has_served.load(std::memory_order_relaxed)) pack.has_served = true;
      return facts;
    }
    if (pack.is_damaged.exchange(true)) continue;
    const std::lock_guard lock(mutex_);
    warn({ErrorCode::kMalformed, pack.reader.path(), "is damaged"});
  }
  return std::nullopt;
}

/// A damaged pack may have the key and not the facts.
bool FactsStore::has(uint64_t key_hash) const {
  return std::ranges::any_of(packs_, [&](const Pack& pack) {
    return !pack.is_damaged.load(std::memory_order_relaxed) &&
           pack.reader.look_up(key_hash) != nullptr;
  });
}

void FactsStore::add(const FactsKey& key, const FileFacts& facts) {
  open_packs();
  const uint64_t hash = hash_of(key);
  if (has(hash)) return;
  {
    const std::lock_guard lock(mutex_);
    if (write_error_ || !added_.insert(hash).second) return;
  }
  EntryBatch& batch = batches_.local();
  batch.rows.push_back(append_entry(key, facts, batch.bytes));
  if (batch.bytes.size() < kBatchBytes) return;
  const std::lock_guard lock(mutex_);
  write(batch);
  batch.clear();
}

void FactsStore::write(const EntryBatch& batch) {
  if (write_error_ || batch.rows.empty()) return;
  if (!writer_) {
    auto writer = PackWriter::create(folder_, identity_);
    if (!writer) return write_failed(writer.error());
    writer_.emplace(std::move(*writer));
  }
  if (const auto written = writer_->append(batch); !written) write_failed(written.error());
}

void FactsStore::write_failed(const Error& error) {
  write_error_ = error;
  warn(error);
  writer_.reset();
}

Result<void> FactsStore::finish_pack() {
  for (const EntryBatch& batch : batches_) write(batch);
  if (writer_) {
    if (const auto finished = writer_->finish(); !finished) write_failed(finished.error());
  }
  writer_.reset();
  batches_.clear();
  added_.clear();
  if (auto error = std::exchange(write_error_, std::nullopt)) return tl::unexpected(*error);
  return {};
}

/// Once a day is enough for an age in days, and leaves the folder alone otherwise.
void FactsStore::mark_served() const {
  constexpr int64_t kDay = 24 * 3600;
  for (const Pack& pack : packs_) {
    if (pack.has_served && pack.reader.mtime_seconds() + kDay < std::time(nullptr))
      futimens(pack.reader.descriptor(), nullptr);
  }
}

Result<void> FactsStore::commit() {
  open_packs();
  const std::lock_guard lock(mutex_);
  auto result = finish_pack();
  mark_served();
  std::set<std::string> damaged = malformed_;
  for (const Pack& pack : packs_) {
    if (pack.is_damaged) damaged.insert(pack.reader.path());
  }
  if (const auto kept = keep_house(folder_, identity_, limits_, damaged); !kept) {
    warn(kept.error());
    if (result) result = kept;
  }
  windows_.clear();
  packs_.clear();
  is_open_ = false;
  return result;
}

}  // namespace headwater::cache
