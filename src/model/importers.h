#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/import_graph.h"

namespace headwater {

/// Who imports what: the edges of the classes turned around, in compressed sparse rows. The
/// sources of one target are ascending.
struct Importers {
  std::vector<uint32_t> offsets{0};  // |V| + 1
  std::vector<uint32_t> sources;
  std::vector<uint32_t> edges;  // into the graph

  std::span<const uint32_t> of(uint32_t node) const {
    return std::span(sources).subspan(offsets[node], offsets[node + 1] - offsets[node]);
  }
};
Importers importers_in(const ImportGraph& graph, EdgeClasses mask);

/// By node: whether one of `starts` is reached from it; the starts are.
std::vector<bool> reaching(const Importers& importers, std::span<const uint32_t> starts);

}  // namespace headwater
