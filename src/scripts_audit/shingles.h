#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace headwater::scripts_audit {

/// Every run of kShingleTokens tokens of a text, as a hash; ascending, distinct.
using Shingles = std::vector<uint64_t>;

/// Long enough that two programs which do different things share few, short enough that a changed
/// line leaves the others whole.
inline constexpr size_t kShingleTokens = 8;

/// Texts with fewer are alike by chance.
inline constexpr size_t kFewestShingles = 40;

Shingles shingles_of(std::span<const uint64_t> tokens);
/// The same as they come, each as often as it is there.
std::vector<uint64_t> shingles_in_order(std::span<const uint64_t> tokens);

/// The share of what either has that both have (Jaccard).
double similarity(const Shingles& one, const Shingles& other);

struct Twin {
  uint32_t text;
  double similarity;
};

/// Of each text the most similar one of the others, from `least` on; ties go to the first.
/// Candidates are found by MinHash: a pair of similarity 0.8 is missed once in 10 million times.
std::vector<std::optional<Twin>> twins_of(std::span<const Shingles> texts, double least);

}  // namespace headwater::scripts_audit
