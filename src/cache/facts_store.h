#pragma once

#include <tbb/enumerable_thread_specific.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "cache/facts_key.h"
#include "cache/housekeeping.h"
#include "cache/pack_reader.h"
#include "cache/pack_writer.h"
#include "model/file_facts.h"

namespace headwater::cache {

/// Facts by content, kept from run to run in a folder that any number of processes share. Whatever
/// the folder holds, and whatever happens to it meanwhile, it gives the facts that were added for a
/// key, or none. docs/cache.md has the format and the steps.
///
/// `find` and `add` are thread safe; `commit` is not, beside them. Nothing is read or written
/// before the first of them. Without a `commit`, nothing is kept.
class FactsStore {
 public:
  /// `folder` is made when something is first written. `scanner` is the identity of the scanner, a
  /// hash: what another one wrote is never read.
  FactsStore(std::string folder, uint64_t scanner, StoreLimits limits = {});

  /// The facts that a run before has committed: not those that were added since.
  std::optional<FileFacts> find(const FactsKey& key) const;

  /// Kept once committed; of a key that is there already, nothing. The facts must be as the scan
  /// gave them: FileFacts::decide() ties them to one environment, and a key tells only the content.
  void add(const FactsKey& key, const FileFacts& facts);

  /// Writes what was added as one pack, marks the packs that served, and keeps the store within
  /// its limits. What is found next includes it.
  Result<void> commit();

  /// What is wrong with the store, at most one line: the run went on without it or a part of it.
  std::vector<std::string> warnings() const;

 private:
  struct Pack {
    explicit Pack(PackReader opened) : reader(std::move(opened)) {}

    PackReader reader;
    std::atomic<bool> has_served = false;
    std::atomic<bool> is_damaged = false;
  };

  void open_packs() const;
  bool open_listed_packs() const;
  bool has(uint64_t key_hash) const;
  void write(const EntryBatch& batch);
  void write_failed(const Error& error);
  Result<void> finish_pack();
  void mark_served() const;
  void warn(const Error& error) const;

  const std::string folder_;
  const uint64_t identity_;
  const StoreLimits limits_;

  mutable std::atomic<bool> is_open_ = false;
  mutable std::deque<Pack> packs_;           // large ones first; fixed while is_open_
  mutable std::set<std::string> malformed_;  // paths of what should be packs and is none
  mutable tbb::enumerable_thread_specific<ReadWindow> windows_;

  mutable std::mutex mutex_;  // of all below, and of opening
  mutable std::string warning_;
  std::unordered_set<uint64_t> added_;  // hashes of keys
  std::optional<PackWriter> writer_;    // once something is written
  std::optional<Error> write_error_;    // nothing is written any more
  tbb::enumerable_thread_specific<EntryBatch> batches_;
};

}  // namespace headwater::cache
