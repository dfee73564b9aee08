#pragma once

#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace headwater::scan {

/// For each byte of a block of 64 a bit per class; bit i is byte i. Beyond the text all are 0.
struct BlockMasks {
  uint64_t quote;       // ' and "
  uint64_t hash;        // #
  uint64_t backslash;   // a backslash
  uint64_t line_end;    // LF, and CR that no LF follows
  uint64_t open;        // ( [ {
  uint64_t close;       // ) ] }
  uint64_t keyword;     // where `imp` or `glo` begins: perhaps `import` or `global`
  uint64_t identifier;  // letters, digits, underscore, and what is not ASCII
  uint64_t odd;   // what old or plain code has in strings and comments only: $ ? ` := <> not ASCII
  uint64_t hint;  // where `__` begins, and dots before `m` or before white space: Lexer::may_mark()
  uint64_t line_ends_before;  // how many in the blocks before this one
};
static_assert(sizeof(BlockMasks) == 88);

/// One implementation of the one primitive that depends on the processor.
struct ByteClasses {
  const char* name;
  /// Fills out[i] for text[64 * i, 64 * i + 64), before which there are so many line ends. Reads 2
  /// bytes further than the last block. Whether each of these bytes is ASCII and none is NUL.
  bool (*classify)(const char* text, size_t blocks, uint64_t line_ends, BlockMasks* out);
  bool (*is_supported)();
};

/// All implementations of this build, the plain one first. They must agree bit for bit.
std::span<const ByteClasses> byte_classes();
/// The widest that this processor runs; chosen once.
const ByteClasses& best_byte_classes();

/// The masks of one text. Reused from file to file; memory is as much as the largest text's bytes.
class ByteIndex {
 public:
  void build(std::string_view text, const ByteClasses& classes);

  /// Whether the text is ASCII without a NUL, as most are.
  bool is_plain_ascii() const { return is_plain_ascii_; }

  /// Byte `i` of the text is bit i % 64 of block i / 64.
  size_t block_count() const { return block_count_; }
  const BlockMasks& masks(size_t block) const { return blocks_[block]; }

  /// The first position at or after `pos` whose bit is set in select(masks), or the text's size.
  template <typename Select>
  size_t next(size_t pos, Select select) const {
    size_t block = pos / 64;
    if (block >= block_count_) return size_;
    uint64_t bits = select(blocks_[block]) >> (pos % 64);
    if (bits != 0) return pos + static_cast<size_t>(std::countr_zero(bits));
    while (++block < block_count_) {
      bits = select(blocks_[block]);
      if (bits != 0) return block * 64 + static_cast<size_t>(std::countr_zero(bits));
    }
    return size_;
  }
  size_t next_line_end(size_t pos) const {
    return next(pos, [](const BlockMasks& m) { return m.line_end; });
  }
  /// The end of the run of identifier bytes that `pos` is in.
  size_t identifier_end(size_t pos) const {
    const size_t end = next(pos, [](const BlockMasks& m) { return ~m.identifier; });
    return end < size_ ? end : size_;
  }

  /// Whether a bit of select(masks) is set in [begin, end).
  template <typename Select>
  bool any(size_t begin, size_t end, Select select) const {
    uint64_t found = 0;
    for_each_part(begin, end,
                  [&](const BlockMasks& masks, uint64_t live) { found |= select(masks) & live; });
    return found != 0;
  }

  /// Opening brackets less closing ones in [begin, end).
  int64_t bracket_balance(size_t begin, size_t end) const {
    if (begin >= end) return 0;
    if (begin / 64 != end / 64) return bracket_balance_of_blocks(begin, end);
    const uint64_t live = (~uint64_t{0} << (begin % 64)) & ~(~uint64_t{0} << (end % 64));
    return block_balance(blocks_[begin / 64], live);
  }
  /// Line ends in front of `pos`, in constant time.
  size_t line_ends_before(size_t pos) const;
  size_t next_keyword(size_t pos) const {
    return next(pos, [](const BlockMasks& m) { return m.keyword; });
  }

 private:
  /// The plain x86-64 has no instruction for it, and std::popcount is a library call there.
  static int64_t count_bits(uint64_t bits) {
    bits -= bits >> 1 & 0x5555555555555555;
    bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333);
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F;
    return static_cast<int64_t>(bits * 0x0101010101010101 >> 56);
  }
  static int64_t block_balance(const BlockMasks& masks, uint64_t live) {
    const uint64_t open = masks.open & live;
    const uint64_t close = masks.close & live;
    return (open | close) == 0 ? 0 : count_bits(open) - count_bits(close);
  }
  int64_t bracket_balance_of_blocks(size_t begin, size_t end) const;

  /// Calls visit(masks, live) per block of [begin, end); `live` has the bits that are inside.
  template <typename Visit>
  void for_each_part(size_t begin, size_t end, Visit visit) const {
    for (size_t block = begin / 64; block * 64 < end; ++block) {
      uint64_t live = ~uint64_t{0};
      if (block == begin / 64) live <<= begin % 64;
      if (end - block * 64 < 64) live &= (uint64_t{1} << (end % 64)) - 1;
      visit(blocks_[block], live);
    }
  }

  std::unique_ptr<BlockMasks[]> blocks_;
  size_t capacity_ = 0;
  size_t block_count_ = 0;
  size_t size_ = 0;
  bool is_plain_ascii_ = true;
};

}  // namespace headwater::scan
