#include "attribute/cascade/cause_set_interner.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace headwater::attribute {
namespace {

constexpr size_t kRememberedUnions = 1 << 16;
constexpr size_t kBlock = 1 << 16;

uint64_t hash_of(std::span<const uint32_t> causes) {
  uint64_t hash = causes.size();
  for (const uint32_t cause : causes) {
    hash = (hash ^ cause) * 0x9E3779B97F4A7C15ull;
    hash ^= hash >> 29;
  }
  return hash;
}

}  // namespace

CauseSetInterner::CauseSetInterner() : slots_(1 << 10) { intern({}); }

uint32_t CauseSetInterner::intern(std::span<const uint32_t> causes) {
  return find_or_add(causes, hash_of(causes));
}

uint32_t CauseSetInterner::united(uint32_t a, uint32_t b) {
  if (a == b || b == 0) return a;
  if (a == 0) return b;
  if (a > b) std::swap(a, b);
  Worker& worker = workers_.local();
  if (worker.unions.empty()) worker.unions.resize(kRememberedUnions);
  const size_t slot = ((a * 0x9E3779B1u) ^ (b * 0x85EBCA77u)) >> 16;
  static_assert(kRememberedUnions == size_t{1} << (32 - 16));
  Union& known = worker.unions[slot];
  if (known.a == a && known.b == b) return known.result;
  const auto left = sets_[a];
  const auto right = sets_[b];
  worker.merged.clear();
  std::ranges::set_union(left, right, std::back_inserter(worker.merged));
  const uint32_t result = worker.merged.size() == left.size()    ? a
                          : worker.merged.size() == right.size() ? b
                                                                 : intern(worker.merged);
  known = {a, b, result};
  return result;
}

uint32_t CauseSetInterner::find_or_add(std::span<const uint32_t> causes, uint64_t hash) {
  const std::lock_guard lock(mutex_);
  if (sets_.size() * 2 >= slots_.size()) grow();
  for (size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    Slot& slot = slots_[at];
    if (slot.set == UINT32_MAX) {
      slot = {hash, static_cast<uint32_t>(sets_.size())};
      sets_.push_back(stored(causes));
      return slot.set;
    }
    if (slot.hash == hash && std::ranges::equal(sets_[slot.set], causes)) return slot.set;
  }
}

std::span<const uint32_t> CauseSetInterner::stored(std::span<const uint32_t> causes) {
  if (causes.size() > block_left_) {
    block_left_ = std::max(kBlock, causes.size());
    blocks_.push_back(std::make_unique<uint32_t[]>(block_left_));
    block_next_ = blocks_.back().get();
  }
  uint32_t* const begin = block_next_;
  std::ranges::copy(causes, begin);
  block_next_ += causes.size();
  block_left_ -= causes.size();
  return {begin, causes.size()};
}

void CauseSetInterner::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  for (const Slot& slot : slots_) {
    if (slot.set == UINT32_MAX) continue;
    size_t at = slot.hash & (larger.size() - 1);
    while (larger[at].set != UINT32_MAX) at = (at + 1) & (larger.size() - 1);
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

}  // namespace headwater::attribute
