#pragma once

#include <vector>

#include "findings/judge.h"
#include "findings/world.h"
#include "model/attribution.h"
#include "model/import_graph.h"

namespace headwater::findings {

struct StatementJudgements {
  std::vector<Judgement> judgements;     // by file, then statement
  std::vector<DirectFailure> undecided;  // of no cause; in the same order
};

/// Judges each import statement of the repository that fails, or that may. On all threads; the same
/// at any number of them.
StatementJudgements judge_statements(const World& world, const ImportGraph& graph);

}  // namespace headwater::findings
