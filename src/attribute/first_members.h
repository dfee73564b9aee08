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

/// Where the importers of a cycle enter it, by node.
struct FirstMembers {
  std::vector<uint32_t> member;  // that an import of the node comes to first; kNothing: none
  /// Whether what that member does as the first import of all the node does too: no guard,
  /// condition or handler leads there, and later members are loaded or repaired by then.
  std::vector<bool> is_certain;
};

/// `cycle`: a component of kImportTime; `struck`: the members of it that are.
FirstMembers first_members(const ImportGraph& graph, const Condensation& condensation,
                           uint32_t cycle, std::span<const StruckMember> struck);

/// Who imports one of the cycles of `struck` from outside of it in a way that is not certain;
/// ascending.
std::vector<uint32_t> uncertain_importers(const ImportGraph& graph,
                                          const Condensation& condensation,
                                          std::span<const StruckMember> struck);

}  // namespace headwater::attribute
