#pragma once

#include <string>
#include <vector>

#include "findings/deferrals.h"
#include "findings/judge.h"
#include "findings/selection.h"
#include "findings/suppressions.h"
#include "findings/world.h"
#include "model/attribution.h"
#include "model/finding.h"
#include "model/outcome.h"

namespace headwater::findings {

struct FindOptions {
  Selection selection{};
  std::vector<Deferral> deferrals{};
  std::string today{};  // as 2027-01-31
};

/// What fails by itself, before anything is handed on. What a comment suppresses or a deferral
/// takes is of no cause and fails nothing; as it is not known to work either, it leaves its module
/// unknown.
struct DirectFindings {
  Suppressions suppressions;
  Deferrals deferrals;
  std::vector<Judgement> judgements;    // by file, cell, line, column, code
  std::vector<Judgement> suppressed;    // in no order
  std::vector<Judgement> deferred;      // in no order
  std::vector<Cause> causes;            // by code and subject
  std::vector<Raised> raised;           // by cause
  std::vector<DirectFailure> failures;  // by node, then statement; causes as numbered here
  std::vector<KnownOutcome> known;      // by node: what was simulated
  std::vector<uint32_t> spared;         // nodes that no cycle strikes
};

/// Judges every statement by itself, and the modules of `simulated` by what importing them does.
/// Codes that are not selected do not fail.
DirectFindings find_direct(const World& world, const ImportGraph& graph,
                           const SimulatedNodes& simulated, const FindOptions& options);

/// What the cascade makes of them.
struct Cascaded {
  const ImportGraph& graph;
  DirectFindings& direct;
  const Attribution& attribution;
  const std::vector<PlanStep>& plan;
};

/// By node: whether its failure counts as a failing module. First-party modules do.
std::vector<uint8_t> counted_nodes(const World& world, const ImportGraph& graph);

/// The report: direct findings, those of statements whose target fails for another cause, and the
/// causes with what they block. A function of its arguments; the same at any thread count. Moves
/// the direct findings and the causes into the report and leaves none: a large tree has too many to
/// hold them twice.
AuditReport find(const World& world, const Cascaded& cascaded, const FindOptions& options);

}  // namespace headwater::findings
