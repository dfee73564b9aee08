#include "scan/python/byte_classes.h"

#include <algorithm>
#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// The algorithms above this file are written once; only the classification of 64 bytes has a form
// per instruction set. Brackets share the trick that `[` | 0x20 == `{`, `]` | 0x20 == `}`.

namespace headwater::scan {
namespace {

enum : uint8_t {
  kQuote = 1,
  kHash = 2,
  kBackslash = 4,
  kLf = 8,
  kCr = 16,
  kOpen = 32,
  kClose = 64,
  kIdent = 128
};

constexpr std::array<uint8_t, 256> kClassOf = [] {
  std::array<uint8_t, 256> table{};
  for (size_t i = 0; i < 256; ++i) {
    const size_t lower = i | 32;
    if (i == '_' || (i >= '0' && i <= '9') || (lower >= 'a' && lower <= 'z') || i >= 128)
      table[i] = kIdent;
  }
  table['\''] = table['"'] = kQuote;
  table['#'] = kHash;
  table['\\'] = kBackslash;
  table['\n'] = kLf;
  table['\r'] = kCr;
  table['('] = table['['] = table['{'] = kOpen;
  table[')'] = table[']'] = table['}'] = kClose;
  return table;
}();

bool is_odd(char c, char next) {
  return c == '$' || c == '?' || c == '`' || (c == ':' && next == '=') ||
         (c == '<' && next == '>') || static_cast<unsigned char>(c) >= 128;
}

bool is_hint(char c, char next) {
  return (c == '_' && next == '_') ||
         (c == '.' && (next == 'm' || next == '\\' || static_cast<unsigned char>(next) <= ' '));
}

bool classify_scalar(const char* text, size_t blocks, uint64_t line_ends, BlockMasks* out) {
  bool is_plain_ascii = true;
  for (size_t block = 0; block < blocks; ++block, text += 64) {
    BlockMasks masks{};
    masks.line_ends_before = line_ends;
    for (size_t i = 0; i < 64; ++i) {
      const uint64_t bit = uint64_t{1} << i;
      const uint8_t kind = kClassOf[static_cast<unsigned char>(text[i])];
      is_plain_ascii &= static_cast<signed char>(text[i]) > 0;
      if (is_odd(text[i], text[i + 1])) masks.odd |= bit;
      if (is_hint(text[i], text[i + 1])) masks.hint |= bit;
      if (kind == kIdent) {
        masks.identifier |= bit;
        const bool import = text[i] == 'i' && text[i + 1] == 'm' && text[i + 2] == 'p';
        const bool global = text[i] == 'g' && text[i + 1] == 'l' && text[i + 2] == 'o';
        if (import || global) masks.keyword |= bit;
        continue;
      }
      if (kind & kQuote) masks.quote |= bit;
      if (kind & kHash) masks.hash |= bit;
      if (kind & kBackslash) masks.backslash |= bit;
      if ((kind & kLf) || ((kind & kCr) && text[i + 1] != '\n')) {
        masks.line_end |= bit;
        ++line_ends;
      }
      if (kind & kOpen) masks.open |= bit;
      if (kind & kClose) masks.close |= bit;
    }
    out[block] = masks;
  }
  return is_plain_ascii;
}

bool always() { return true; }

#if defined(__x86_64__)
#define HEADWATER_AVX2 __attribute__((target("avx2,popcnt")))
#define HEADWATER_AVX512 __attribute__((target("avx512f,avx512bw,popcnt")))

HEADWATER_AVX2 inline uint64_t bits(__m256i matches) {
  return static_cast<uint32_t>(_mm256_movemask_epi8(matches));
}

HEADWATER_AVX2 inline __m256i equal(__m256i bytes, char c) {
  return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c));
}

HEADWATER_AVX2 inline __m256i load(const char* at) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
}

/// A range test by saturating subtraction: byte - first <= last - first.
HEADWATER_AVX2 inline __m256i within(__m256i bytes, char first, char last) {
  const __m256i offset = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first));
  const __m256i above = _mm256_subs_epu8(offset, _mm256_set1_epi8(static_cast<char>(last - first)));
  return _mm256_cmpeq_epi8(above, _mm256_setzero_si256());
}

HEADWATER_AVX2 inline void classify_half(const char* text, unsigned shift, BlockMasks& masks) {
  const __m256i v = load(text);
  const __m256i v1 = load(text + 1);
  const __m256i v2 = load(text + 2);
  const __m256i lower = _mm256_or_si256(v, _mm256_set1_epi8(0x20));
  masks.quote |= bits(_mm256_or_si256(equal(v, '\''), equal(v, '"'))) << shift;
  masks.hash |= bits(equal(v, '#')) << shift;
  masks.backslash |= bits(equal(v, '\\')) << shift;
  const __m256i lone_cr = _mm256_andnot_si256(equal(v1, '\n'), equal(v, '\r'));
  masks.line_end |= bits(_mm256_or_si256(equal(v, '\n'), lone_cr)) << shift;
  masks.open |= bits(_mm256_or_si256(equal(v, '('), equal(lower, '{'))) << shift;
  masks.close |= bits(_mm256_or_si256(equal(v, ')'), equal(lower, '}'))) << shift;
  const __m256i import =
      _mm256_and_si256(_mm256_and_si256(equal(v, 'i'), equal(v1, 'm')), equal(v2, 'p'));
  const __m256i global =
      _mm256_and_si256(_mm256_and_si256(equal(v, 'g'), equal(v1, 'l')), equal(v2, 'o'));
  masks.keyword |= bits(_mm256_or_si256(import, global)) << shift;
  const __m256i word =
      _mm256_or_si256(_mm256_or_si256(within(lower, 'a', 'z'), within(v, '0', '9')),
                      _mm256_or_si256(equal(v, '_'), v));
  masks.identifier |= bits(word) << shift;  // the sign bit of v: not ASCII
  const __m256i pairs = _mm256_or_si256(_mm256_and_si256(equal(v, ':'), equal(v1, '=')),
                                        _mm256_and_si256(equal(v, '<'), equal(v1, '>')));
  const __m256i singles =
      _mm256_or_si256(_mm256_or_si256(equal(v, '$'), equal(v, '?')), equal(v, '`'));
  masks.odd |= bits(_mm256_or_si256(_mm256_or_si256(pairs, singles), v)) << shift;
  const __m256i space_next =
      _mm256_cmpeq_epi8(_mm256_max_epu8(v1, _mm256_set1_epi8(' ')), _mm256_set1_epi8(' '));
  const __m256i dot_before =
      _mm256_or_si256(_mm256_or_si256(equal(v1, 'm'), equal(v1, '\\')), space_next);
  masks.hint |= bits(_mm256_or_si256(_mm256_and_si256(equal(v, '_'), equal(v1, '_')),
                                     _mm256_and_si256(equal(v, '.'), dot_before)))
                << shift;
}

HEADWATER_AVX2 bool classify_avx2(const char* text, size_t blocks, uint64_t line_ends,
                                  BlockMasks* out) {
  __m256i smallest = _mm256_set1_epi8(1);
  for (size_t block = 0; block < blocks; ++block, text += 64) {
    BlockMasks masks{};
    classify_half(text, 0, masks);
    classify_half(text + 32, 32, masks);
    masks.line_ends_before = line_ends;
    line_ends += static_cast<uint64_t>(std::popcount(masks.line_end));
    out[block] = masks;
    smallest = _mm256_min_epi8(smallest, _mm256_min_epi8(load(text), load(text + 32)));
  }
  return bits(_mm256_cmpgt_epi8(smallest, _mm256_setzero_si256())) == 0xFFFFFFFF;
}

HEADWATER_AVX512 inline uint64_t equal64(__m512i bytes, char c) {
  return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(c));
}

HEADWATER_AVX512 inline uint64_t within64(__m512i bytes, char first, char last) {
  return _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8(first)),
                                _mm512_set1_epi8(static_cast<char>(last - first)));
}

HEADWATER_AVX512 bool classify_avx512(const char* text, size_t blocks, uint64_t line_ends,
                                      BlockMasks* out) {
  __m512i smallest = _mm512_set1_epi8(1);
  for (size_t block = 0; block < blocks; ++block, text += 64) {
    const __m512i v = _mm512_loadu_si512(text);
    const __m512i v1 = _mm512_loadu_si512(text + 1);
    const __m512i v2 = _mm512_loadu_si512(text + 2);
    smallest = _mm512_min_epi8(smallest, v);
    const __m512i lower = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
    BlockMasks& masks = out[block];
    masks.quote = equal64(v, '\'') | equal64(v, '"');
    masks.hash = equal64(v, '#');
    masks.backslash = equal64(v, '\\');
    masks.line_end = equal64(v, '\n') | (equal64(v, '\r') & ~equal64(v1, '\n'));
    masks.line_ends_before = line_ends;
    line_ends += static_cast<uint64_t>(std::popcount(masks.line_end));
    masks.open = equal64(v, '(') | equal64(lower, '{');
    masks.close = equal64(v, ')') | equal64(lower, '}');
    masks.keyword = (equal64(v, 'i') & equal64(v1, 'm') & equal64(v2, 'p')) |
                    (equal64(v, 'g') & equal64(v1, 'l') & equal64(v2, 'o'));
    const uint64_t not_ascii = _mm512_movepi8_mask(v);
    masks.identifier =
        within64(lower, 'a', 'z') | within64(v, '0', '9') | equal64(v, '_') | not_ascii;
    masks.odd = equal64(v, '$') | equal64(v, '?') | equal64(v, '`') | not_ascii |
                (equal64(v, ':') & equal64(v1, '=')) | (equal64(v, '<') & equal64(v1, '>'));
    const uint64_t space_next = _mm512_cmple_epu8_mask(v1, _mm512_set1_epi8(' '));
    masks.hint = (equal64(v, '_') & equal64(v1, '_')) |
                 (equal64(v, '.') & (equal64(v1, 'm') | equal64(v1, '\\') | space_next));
  }
  return _mm512_cmple_epi8_mask(smallest, _mm512_setzero_si512()) == 0;
}

bool has_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt"); }
bool has_avx512() { return has_avx2() && __builtin_cpu_supports("avx512bw"); }
#elif defined(__aarch64__)
/// Gathers the matches of four vectors into 64 bits: each byte keeps its bit, then pairs are added.
inline uint64_t bits(const uint8x16_t (&matches)[4]) {
  const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t low = vpaddq_u8(vandq_u8(matches[0], weights), vandq_u8(matches[1], weights));
  const uint8x16_t high = vpaddq_u8(vandq_u8(matches[2], weights), vandq_u8(matches[3], weights));
  const uint8x16_t sum = vpaddq_u8(low, high);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}

bool classify_neon(const char* text, size_t blocks, uint64_t line_ends, BlockMasks* out) {
  int8x16_t smallest = vdupq_n_s8(1);
  const auto load = [](const char* at) { return vld1q_u8(reinterpret_cast<const uint8_t*>(at)); };
  const auto equal = [](uint8x16_t bytes, char c) {
    return vceqq_u8(bytes, vdupq_n_u8(static_cast<uint8_t>(c)));
  };
  const auto within = [](uint8x16_t bytes, char first, char last) {
    return vcleq_u8(vsubq_u8(bytes, vdupq_n_u8(static_cast<uint8_t>(first))),
                    vdupq_n_u8(static_cast<uint8_t>(last - first)));
  };
  for (size_t block = 0; block < blocks; ++block, text += 64) {
    uint8x16_t quote[4], hash[4], backslash[4], line_end[4], open[4], close[4], keyword[4], word[4],
        odd[4], hint[4];
    for (size_t i = 0; i < 4; ++i) {
      const uint8x16_t v = load(text + 16 * i);
      const uint8x16_t v1 = load(text + 16 * i + 1);
      const uint8x16_t v2 = load(text + 16 * i + 2);
      smallest = vminq_s8(smallest, vreinterpretq_s8_u8(v));
      const uint8x16_t lower = vorrq_u8(v, vdupq_n_u8(0x20));
      quote[i] = vorrq_u8(equal(v, '\''), equal(v, '"'));
      hash[i] = equal(v, '#');
      backslash[i] = equal(v, '\\');
      line_end[i] = vorrq_u8(equal(v, '\n'), vbicq_u8(equal(v, '\r'), equal(v1, '\n')));
      open[i] = vorrq_u8(equal(v, '('), equal(lower, '{'));
      close[i] = vorrq_u8(equal(v, ')'), equal(lower, '}'));
      keyword[i] = vorrq_u8(vandq_u8(vandq_u8(equal(v, 'i'), equal(v1, 'm')), equal(v2, 'p')),
                            vandq_u8(vandq_u8(equal(v, 'g'), equal(v1, 'l')), equal(v2, 'o')));
      word[i] = vorrq_u8(vorrq_u8(within(lower, 'a', 'z'), within(v, '0', '9')),
                         vorrq_u8(equal(v, '_'), vcgeq_u8(v, vdupq_n_u8(0x80))));
      const uint8x16_t pairs = vorrq_u8(vandq_u8(equal(v, ':'), equal(v1, '=')),
                                        vandq_u8(equal(v, '<'), equal(v1, '>')));
      const uint8x16_t singles = vorrq_u8(vorrq_u8(equal(v, '$'), equal(v, '?')),
                                          vorrq_u8(equal(v, '`'), vcgeq_u8(v, vdupq_n_u8(0x80))));
      odd[i] = vorrq_u8(pairs, singles);
      const uint8x16_t dot_before =
          vorrq_u8(vorrq_u8(equal(v1, 'm'), equal(v1, '\\')), vcleq_u8(v1, vdupq_n_u8(' ')));
      hint[i] =
          vorrq_u8(vandq_u8(equal(v, '_'), equal(v1, '_')), vandq_u8(equal(v, '.'), dot_before));
    }
    out[block] = {bits(quote), bits(hash),  bits(backslash), bits(line_end),
                  bits(open),  bits(close), bits(keyword),   bits(word),
                  bits(odd),   bits(hint),  line_ends};
    line_ends += static_cast<uint64_t>(std::popcount(out[block].line_end));
  }
  return vminvq_s8(smallest) > 0;
}
#endif

constexpr ByteClasses kImplementations[] = {
    {"scalar", classify_scalar, always},
#if defined(__x86_64__)
    {"avx2", classify_avx2, has_avx2},
    {"avx512", classify_avx512, has_avx512},
#elif defined(__aarch64__)
    {"neon", classify_neon, always},
#endif
};

}  // namespace

std::span<const ByteClasses> byte_classes() { return kImplementations; }

const ByteClasses& best_byte_classes() {
  static const ByteClasses& best = [&]() -> const ByteClasses& {
    const ByteClasses* found = kImplementations;
    for (const ByteClasses& each : kImplementations) {
      if (each.is_supported()) found = &each;
    }
    return *found;
  }();
  return best;
}

void ByteIndex::build(std::string_view text, const ByteClasses& classes) {
  constexpr size_t kLookahead = 2;
  size_ = text.size();
  block_count_ = (size_ + 63) / 64;
  if (capacity_ < block_count_) {
    blocks_ = std::make_unique_for_overwrite<BlockMasks[]>(block_count_);
    capacity_ = block_count_;
  }
  const size_t whole = size_ >= kLookahead ? (size_ - kLookahead) / 64 : 0;
  is_plain_ascii_ = whole == 0 || classes.classify(text.data(), whole, 0, blocks_.get());
  // The rest, at most two blocks, from a copy that zeros follow: no read beyond the text.
  char padded[192] = {};
  if (whole < block_count_) {
    std::memcpy(padded, text.data() + whole * 64, size_ - whole * 64);
    classes.classify(padded, block_count_ - whole, line_ends_before(whole * 64),
                     blocks_.get() + whole);
    is_plain_ascii_ &= std::ranges::all_of(text.substr(whole * 64),
                                           [](char c) { return static_cast<signed char>(c) > 0; });
  }
}

int64_t ByteIndex::bracket_balance_of_blocks(size_t begin, size_t end) const {
  int64_t balance = 0;
  for_each_part(begin, end, [&](const BlockMasks& masks, uint64_t live) {
    balance += block_balance(masks, live);
  });
  return balance;
}

size_t ByteIndex::line_ends_before(size_t pos) const {
  if (pos == 0) return 0;
  const BlockMasks& last = blocks_[(pos - 1) / 64];
  const uint64_t before = last.line_end & (~uint64_t{0} >> (63 - (pos - 1) % 64));
  return last.line_ends_before + static_cast<size_t>(count_bits(before));
}

}  // namespace headwater::scan
