#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace headwater::scan::parsing {

/// What the first word of a logical line may begin.
enum class FirstWord : uint8_t {
  kName,  // none of these
  kTry,   // this, kElse and kFinally end in a colon, and the body is below
  kElse,
  kFinally,
  kIf,  // this, kElif and kLoop have a colon
  kElif,
  kLoop,
  kImport,
  kInFunction,  // stands in a function or a loop only: never at the left margin
  kStatement,   // a statement of Python 2 where an operand follows: `print`, `exec`
  kAsync,
  kCase,
  kDefinition,
  kExcept,
  kFrom,
  kLazy,
  kMatch,
  kRaise,
  kType,
  kWith,
};

/// The words of at most eight letters as numbers in a table without collisions: most lines begin
/// with none of them, which a comparison word by word would tell last.
class FirstWords {
 public:
  constexpr FirstWords() {
    for (const Entry& entry : kWords) {
      Slot& slot = slots_[slot_of(packed(entry.word))];
      if (slot.key != 0) throw "two words in one slot: choose another kFactor";
      slot = {packed(entry.word), entry.kind};
    }
  }

  FirstWord operator[](uint64_t word) const {
    const Slot& slot = slots_[slot_of(word)];
    return slot.key == word ? slot.kind : FirstWord::kName;
  }

  static constexpr uint64_t packed(std::string_view word) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < word.size(); ++i) {
      bytes |= uint64_t{static_cast<unsigned char>(word[i])} << (8 * i);
    }
    return bytes;
  }

 private:
  struct Entry {
    std::string_view word;
    FirstWord kind;
  };
  struct Slot {
    uint64_t key = 0;
    FirstWord kind = FirstWord::kName;
  };
  static constexpr Entry kWords[] = {
      {"async", FirstWord::kAsync},
      {"await", FirstWord::kInFunction},
      {"break", FirstWord::kInFunction},
      {"case", FirstWord::kCase},
      {"class", FirstWord::kDefinition},
      {"continue", FirstWord::kInFunction},
      {"def", FirstWord::kDefinition},
      {"elif", FirstWord::kElif},
      {"else", FirstWord::kElse},
      {"except", FirstWord::kExcept},
      {"exec", FirstWord::kStatement},
      {"finally", FirstWord::kFinally},
      {"for", FirstWord::kLoop},
      {"from", FirstWord::kFrom},
      {"if", FirstWord::kIf},
      {"import", FirstWord::kImport},
      {"lazy", FirstWord::kLazy},
      {"match", FirstWord::kMatch},
      {"nonlocal", FirstWord::kInFunction},
      {"print", FirstWord::kStatement},
      {"raise", FirstWord::kRaise},
      {"return", FirstWord::kInFunction},
      {"try", FirstWord::kTry},
      {"type", FirstWord::kType},
      {"while", FirstWord::kLoop},
      {"with", FirstWord::kWith},
      {"yield", FirstWord::kInFunction},
  };
  static constexpr uint64_t kFactor = 0xA11D459A2F978D87;
  static constexpr size_t slot_of(uint64_t word) { return word * kFactor >> 57; }

  std::array<Slot, 128> slots_{};
};
inline constexpr FirstWords kFirstWords;

/// What the word of `size` bytes at `begin` may begin.
inline FirstWord first_word(std::string_view text, size_t begin, size_t size) {
  if (size - 2 > 6) return FirstWord::kName;
  if constexpr (std::endian::native == std::endian::little) {
    if (begin + 8 <= text.size()) {
      uint64_t bytes = 0;
      std::memcpy(&bytes, text.data() + begin, 8);
      return kFirstWords[bytes & (~uint64_t{0} >> (64 - 8 * size))];
    }
  }
  return kFirstWords[FirstWords::packed(text.substr(begin, size))];
}

}  // namespace headwater::scan::parsing
