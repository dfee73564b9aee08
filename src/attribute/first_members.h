#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/import_graph.h"

namespace headwater::attribute {

/// A member of a cycle that fails if it is imported first.
struct StruckMember {
  uint32_t node;
  std::vector<uint32_t> repairs;  // that it needs
};

/// By node: the member of a cycle that an import of the node comes to first; kNothing: none, but
/// for what a handler may import. `cycle`: a component of kImportTime. Linear in the graph.
std::vector<uint32_t> first_members(const ImportGraph& graph, const Condensation& condensation,
                                    uint32_t cycle);

/// Who imports cycles from outside of them in a way of which the member that comes first does not
/// tell all; ascending.
struct UncertainImporters {
  /// Nor whether it fails: a guard, a condition or a handler leads there, or a member that imports
  /// and leaves one unloaded that fails.
  std::vector<uint32_t> of_state;
  /// Nor what it fails for once that is repaired: other members need other repairs. Has those of
  /// `of_state` too.
  std::vector<uint32_t> of_causes;
};
UncertainImporters uncertain_importers(const ImportGraph& graph, const Condensation& condensation,
                                       std::span<const StruckMember> struck);

}  // namespace headwater::attribute
