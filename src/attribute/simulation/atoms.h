#pragma once

#include <tbb/concurrent_unordered_map.h>
#include <tbb/concurrent_vector.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace headwater::attribute {

/// A distinct string of the whole simulation: a name, a dotted name or a string constant.
enum class Atom : uint32_t {};
inline constexpr Atom kNoAtom{UINT32_MAX};

/// Interns strings for all simulations. Thread safe, and what is known is read without a lock;
/// texts live as long as the table. Ids depend on the order of first use, so nothing that is
/// printed may be sorted by them.
class Atoms {
 public:
  Atom intern(std::string_view text);
  std::string_view text(Atom atom) const {
    return atom == kNoAtom ? std::string_view() : texts_[static_cast<uint32_t>(atom)];
  }
  /// `first.second`; remembered.
  Atom dotted(Atom first, Atom second);

 private:
  tbb::concurrent_vector<std::string> texts_;
  tbb::concurrent_unordered_map<std::string_view, Atom> index_;  // into texts_
  /// The table takes the low bits, which for equal last parts are equal.
  struct Mixed {
    size_t operator()(uint64_t both) const {
      return (both ^ both >> 29) * 0x9E3779B97F4A7C15u >> 7;
    }
  };
  tbb::concurrent_unordered_map<uint64_t, Atom, Mixed> dotted_;  // by both atoms
};

}  // namespace headwater::attribute
