#include "pipeline/undecided.h"

#include <algorithm>

#include "graph/reach.h"
#include "pipeline/subjects.h"

namespace headwater::pipeline {
namespace {

/// By which kinds of edges a reason is looked for.
using Kinds = bool (*)(EdgeKind);
bool runs(EdgeKind kind) { return contains(kImportTime, kind.runs); }
bool runs_unguarded(EdgeKind kind) { return runs(kind) && !kind.guard.holds_any(); }

const DirectFailure* undecided_statement(const Attributed& audit, uint32_t node, Kinds kinds) {
  const std::vector<DirectFailure>& failures = audit.direct.failures;  // by node
  auto at = std::ranges::lower_bound(failures, node, {}, &DirectFailure::node);
  for (; at != failures.end() && at->node == node; ++at) {
    if (at->cause == kNothing && kinds(at->when)) return &*at;
  }
  return nullptr;
}

/// An import of a module that fails for certain, of which it is not certain that it runs or lets
/// the failure through; kNothing: there is none.
uint32_t edge_to_failure(const Attributed& audit, uint32_t node, Kinds kinds) {
  const ImportGraph& graph = audit.graph;
  for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
    const bool fails = audit.attribution.state[graph.targets[edge]] == ModuleState::kFails;
    if (fails && graph.statements[edge] != kNothing && kinds(graph.kind(edge))) return edge;
  }
  return kNothing;
}

/// What is said of it, be it put off or suppressed.
const Finding* finding_of(const Attributed& audit, const DirectFailure& failure) {
  const uint32_t file = audit.graph.file[failure.node];
  const bool is_module = file == kNothing && failure.node < audit.graph.module_count;
  const uint32_t installed = is_module ? audit.graph.installed[failure.node] : kNothing;
  for (const auto* const judgements :
       {&audit.direct.judgements, &audit.direct.deferred, &audit.direct.suppressed}) {
    for (const findings::Judgement& judged : *judgements) {
      const bool is_it = judged.file == file && judged.installed == installed &&
                         judged.statement == failure.statement;
      if (is_it) return &judged.finding;
    }
  }
  return nullptr;
}

WhyCause said_of(const Attributed& audit, const DirectFailure& failure) {
  WhyCause said;
  if (const Finding* const finding = finding_of(audit, failure)) {
    said.title = finding->message;
    said.code = finding->code;
  } else if (const std::string why = unread_because(audit, failure.node); !why.empty()) {
    said.title = name_of(audit, failure.node) + " was not read: " + why;
  } else if (failure.is_of_file) {
    said.title = name_of(audit, failure.node) + " may need files that are gone";
  }
  return said;
}

WhyCause cause_behind(const Attributed& audit, uint32_t edge, std::vector<ChainStep>& steps) {
  const Attribution& attribution = audit.attribution;
  const uint32_t target = audit.graph.targets[edge];
  const uint32_t cause = attribution.first_cause[target];
  for (const ChainStep& step : witness_chain(audit.graph, attribution, audit.direct.failures,
                                             audit.direct.known, target, cause)) {
    steps.push_back(step);
  }
  const Cause& known = audit.direct.causes[cause];
  return {known.title, known.repair(), known.code, {}};
}

/// By statements of `kinds`. No chain: there is none.
WhyCause nearest_undecided(const FileSystem& files, const Attributed& audit, uint32_t node,
                           Kinds kinds) {
  const auto stays_undecided = [&](uint32_t edge) {
    const uint32_t target = audit.graph.targets[edge];
    return kinds(audit.graph.kind(edge)) &&
           audit.attribution.state[target] == ModuleState::kUnknown;
  };
  const auto has_statement = [&](uint32_t reached) {
    return undecided_statement(audit, reached, kinds) != nullptr ||
           edge_to_failure(audit, reached, kinds) != kNothing;
  };
  graph::Way way{{}, node};
  if (!has_statement(node)) {
    way = graph::shortest_way(audit.graph, node, stays_undecided, has_statement);
  }
  if (way.end == kNothing) return {};
  WhyCause why;
  if (const DirectFailure* const failure = undecided_statement(audit, way.end, kinds)) {
    why = said_of(audit, *failure);
    if (!failure->is_of_file) way.steps.push_back(step_of(*failure));
  } else {
    const uint32_t edge = edge_to_failure(audit, way.end, kinds);
    way.steps.push_back({way.end, audit.graph.statements[edge]});
    why = cause_behind(audit, edge, way.steps);
  }
  for (const ChainStep& step : way.steps) why.chain.push_back(step_of(files, audit, step));
  return why;
}

}  // namespace

WhyCause undecided_of(const FileSystem& files, const Attributed& audit, uint32_t node) {
  // A guard mostly holds, so that what it guards is the reason only where nothing else is.
  for (const Kinds kinds : {is_hard, runs_unguarded, runs}) {
    WhyCause why = nearest_undecided(files, audit, node, kinds);
    if (!why.chain.empty()) return why;
  }
  return {};
}

}  // namespace headwater::pipeline
