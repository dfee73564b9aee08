#pragma once

#include <tbb/concurrent_vector.h>
#include <tbb/enumerable_thread_specific.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace headwater::attribute {

/// Sets of causes, each stored once, so that a set is as good as its number and equal sets have
/// equal numbers. Thread safe. The numbers depend on who came first: nothing that is printed may
/// depend on them.
class CauseSetInterner {
 public:
  CauseSetInterner();

  /// `causes` is ascending and distinct.
  uint32_t intern(std::span<const uint32_t> causes);
  /// Most unions were asked for before: each thread remembers its last ones.
  uint32_t united(uint32_t a, uint32_t b);
  std::span<const uint32_t> operator[](uint32_t set) const { return sets_[set]; }
  size_t size() const { return sets_.size(); }

 private:
  struct Union {
    uint32_t a = 0;  // 0, the empty set, is never looked up
    uint32_t b = 0;
    uint32_t result = 0;
  };
  struct Worker {
    std::vector<Union> unions;
    std::vector<uint32_t> merged;
  };

  uint32_t find_or_add(std::span<const uint32_t> causes, uint64_t hash);
  std::span<const uint32_t> stored(std::span<const uint32_t> causes);
  void grow();

  struct Slot {
    uint64_t hash = 0;
    uint32_t set = UINT32_MAX;
  };

  tbb::concurrent_vector<std::span<const uint32_t>> sets_;
  tbb::enumerable_thread_specific<Worker> workers_;
  std::mutex mutex_;  // what stands below
  std::vector<Slot> slots_;
  std::vector<std::unique_ptr<uint32_t[]>> blocks_;
  size_t block_left_ = 0;
  uint32_t* block_next_ = nullptr;
};

}  // namespace headwater::attribute
