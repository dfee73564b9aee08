#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "cache/descriptor.h"
#include "cache/pack_format.h"

namespace headwater::cache {

class PackReader;

/// What one thread has read last, of any pack: neighbours in a pack are asked for one after the
/// other, since they were added so, and a system call for each would be most of the cost.
class ReadWindow {
 private:
  friend class PackReader;

  const PackReader* pack_ = nullptr;
  uint64_t begin_ = 0;  // in the pack, bytes
  uint64_t size_ = 0;
  uint64_t capacity_ = 0;
  std::unique_ptr<std::byte[]> bytes_;
};

/// One pack, open. Its index is in memory, its entries are read when they are asked for, and
/// nothing is mapped: of a file that another process cuts short, read(2) gives less, while a
/// mapping would end the process (SIGBUS). Thread safe; windows belong to a thread each.
class PackReader {
 public:
  /// kNotFound if it is gone, kMalformed if it is not a whole pack of this identity.
  static Result<PackReader> open(const std::string& path, uint64_t identity);

  /// Null if there is none. Checks nothing but the hash: see entry().
  const IndexRow* look_up(uint64_t key_hash) const;

  /// Sorted by key_hash.
  std::span<const IndexRow> rows() const { return rows_; }

  /// The bytes of an entry, checked, valid until the window is used again; empty if they are not
  /// what was written.
  std::span<const std::byte> entry(const IndexRow& row, ReadWindow& window) const;

  int descriptor() const { return descriptor_.get(); }
  const std::string& path() const { return path_; }
  uint64_t size_bytes() const { return size_bytes_; }
  int64_t mtime_seconds() const { return mtime_seconds_; }

 private:
  PackReader(Descriptor descriptor, std::string path)
      : descriptor_(std::move(descriptor)), path_(std::move(path)) {}
  Result<void> read_index(uint64_t identity);
  void make_starts();

  Descriptor descriptor_;
  std::string path_;
  uint64_t size_bytes_ = 0;
  int64_t mtime_seconds_ = 0;
  uint64_t index_offset_ = 0;
  std::vector<IndexRow> rows_;
  std::vector<uint32_t> starts_;  // by the first bits of a hash: into rows_, one more at the end
  int shift_ = 0;                 // that leaves these bits
};

}  // namespace headwater::cache
