#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace headwater {

/// A directed graph in compressed sparse rows, with a class below 32 for each edge.
struct SparseRows {
  std::span<const uint32_t> offsets;   // |V| + 1
  std::span<const uint32_t> targets;   // |E|
  std::span<const uint8_t> classes{};  // |E|; empty: every edge counts
  uint32_t mask = ~0u;                 // the classes that count

  bool counts(uint32_t edge) const { return classes.empty() || ((mask >> classes[edge]) & 1) != 0; }
};

/// Strongly connected components. Their numbers are a topological order: edges between components
/// lead to lower numbers. A component's level is one more than the highest level that it leads to,
/// so the components of one level do not depend on each other.
struct StrongComponents {
  std::vector<uint32_t> component;         // |V|
  std::vector<uint32_t> offsets{0};        // |C| + 1, into members
  std::vector<uint32_t> members;           // |V|: nodes, by component, ascending in each
  std::vector<uint32_t> level_offsets{0};  // |levels| + 1: components of one level are neighbours

  size_t component_count() const { return offsets.size() - 1; }
  size_t level_count() const { return level_offsets.size() - 1; }
  std::span<const uint32_t> of(uint32_t id) const {
    return std::span(members).subspan(offsets[id], offsets[id + 1] - offsets[id]);
  }
};

/// Tarjan's algorithm with a stack of its own, so that a chain of any length is no danger; linear
/// in nodes and edges. The same input gives the same numbers.
StrongComponents strong_components(const SparseRows& rows);

}  // namespace headwater
