#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace headwater::attribute {

/// A distinct string of the whole simulation: a name, a dotted name or a string constant.
enum class Atom : uint32_t {};
inline constexpr Atom kNoAtom{UINT32_MAX};

/// Interns strings for all simulations. Thread safe; texts live as long as the table. Ids depend on
/// the order of first use, so nothing that is printed may be sorted by them.
class Atoms {
 public:
  Atom intern(std::string_view text);
  std::string_view text(Atom atom) const;
  /// `first.second`.
  Atom dotted(Atom first, std::string_view second);

 private:
  static constexpr uint32_t kShardBits = 6;
  static constexpr uint32_t kShards = 1u << kShardBits;
  struct Shard {
    mutable std::shared_mutex mutex;
    std::unordered_map<std::string_view, uint32_t> index;
    std::deque<std::string> texts;
  };
  std::array<Shard, kShards> shards_;
};

}  // namespace headwater::attribute
