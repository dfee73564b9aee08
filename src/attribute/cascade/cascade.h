#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/attribution.h"
#include "model/import_graph.h"

namespace headwater::attribute {

struct CascadeInput {
  const ImportGraph& graph;
  const Condensation& condensation;         // of kImportTime
  std::span<const DirectFailure> failures;  // by node, then statement
  std::span<const Raised> raised;           // by cause
  std::span<const KnownOutcome> known;      // by node; taken as they are
  std::span<const uint8_t> is_counted;      // by node: whether victims are counted; empty: all
  EntryCauses entry_causes{};               // of cycles that are fatal from some entries
};

/// Hands failures on to whoever imports what fails, level by level, the components of a level in
/// parallel. A function of its input.
///
/// A module fails if its package fails, if a statement of its own fails, or if a target fails whose
/// import nothing guards. Its causes are all those of such statements, since repairing the first
/// one leads to the next. A guard holds where its handler catches what the target's first cause
/// raises; a handler's imports run where the guarded import before it fails. A condition that is
/// not known makes the verdict unknown, never a failure.
///
/// In a cycle every module that reaches a failure by statements that nothing guards fails by it,
/// from whichever member the import enters; the first cause is found by entering at each.
Attribution cascade(const CascadeInput& input);

}  // namespace headwater::attribute
