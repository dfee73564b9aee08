#include "scripts_audit/shingles.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "base/sort_distinct.h"

namespace headwater::scripts_audit {
namespace {

constexpr size_t kBands = 32;
constexpr size_t kRows = 4;
/// Of a band's texts, each is compared with so many: those that are all alike would be compared
/// each with each otherwise.
constexpr size_t kMostOfBand = 64;

using Signature = std::array<uint64_t, kBands * kRows>;

uint64_t mixed(uint64_t value) {
  value ^= value >> 33;
  value *= 0xff51afd7ed558ccdULL;
  value ^= value >> 33;
  value *= 0xc4ceb9fe1a85ec53ULL;
  return value ^ value >> 33;
}

Signature signature_of(const Shingles& shingles) {
  Signature least;
  least.fill(UINT64_MAX);
  for (const uint64_t shingle : shingles) {
    for (size_t i = 0; i < least.size(); ++i) {
      least[i] = std::min(least[i], mixed(shingle + i * 0x9e3779b97f4a7c15ULL));
    }
  }
  return least;
}

}  // namespace

std::vector<uint64_t> shingles_in_order(std::span<const uint64_t> tokens) {
  std::vector<uint64_t> shingles;
  for (size_t at = 0; at + kShingleTokens <= tokens.size(); ++at) {
    shingles.push_back(XXH3_64bits(&tokens[at], kShingleTokens * sizeof tokens[at]));
  }
  return shingles;
}

Shingles shingles_of(std::span<const uint64_t> tokens) {
  Shingles shingles = shingles_in_order(tokens);
  sort_distinct(shingles);
  return shingles;
}

double similarity(const Shingles& one, const Shingles& other) {
  size_t both = 0;
  for (size_t i = 0, j = 0; i < one.size() && j < other.size();) {
    if (one[i] == other[j]) {
      ++both, ++i, ++j;
    } else if (one[i] < other[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  const size_t either = one.size() + other.size() - both;
  return either == 0 ? 0 : static_cast<double>(both) / static_cast<double>(either);
}

std::vector<std::optional<Twin>> twins_of(std::span<const Shingles> texts, double least) {
  std::vector<Signature> signatures(texts.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].size() >= kFewestShingles) signatures[i] = signature_of(texts[i]);
  }
  std::set<std::pair<uint32_t, uint32_t>> pairs;
  for (size_t band = 0; band < kBands; ++band) {
    std::unordered_map<uint64_t, std::vector<uint32_t>> alike;
    for (uint32_t i = 0; i < texts.size(); ++i) {
      if (texts[i].size() < kFewestShingles) continue;
      const uint64_t key = XXH3_64bits(&signatures[i][band * kRows], kRows * sizeof(uint64_t));
      std::vector<uint32_t>& others = alike[key];
      for (size_t j = 0; j < others.size() && j < kMostOfBand; ++j) pairs.emplace(others[j], i);
      others.push_back(i);
    }
  }
  std::vector<std::optional<Twin>> twins(texts.size());
  const auto take = [&](uint32_t text, uint32_t other, double value) {
    if (!twins[text] || twins[text]->similarity < value) twins[text] = Twin{other, value};
  };
  for (const auto& [one, other] : pairs) {
    const double value = similarity(texts[one], texts[other]);
    if (value < least) continue;
    take(one, other, value);
    take(other, one, value);
  }
  return twins;
}

}  // namespace headwater::scripts_audit
