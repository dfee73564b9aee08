#include "pipeline/undecided.h"

#include <algorithm>

#include "pipeline/subjects.h"

namespace headwater::pipeline {
namespace {

const DirectFailure* undecided_statement(const Attributed& audit, uint32_t node,
                                         EdgeClasses classes) {
  const std::vector<DirectFailure>& failures = audit.direct.failures;  // by node
  auto at = std::ranges::lower_bound(failures, node, {}, &DirectFailure::node);
  for (; at != failures.end() && at->node == node; ++at) {
    if (at->cause == kNothing && contains(classes, at->when)) return &*at;
  }
  return nullptr;
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
  }
  return said;
}

/// By statements of `classes`. No chain: there is none.
WhyCause nearest_undecided(const FileSystem& files, const Attributed& audit, uint32_t node,
                           EdgeClasses classes) {
  struct Visit {
    uint32_t node;
    size_t from;         // into `visits`
    uint32_t statement;  // of the node before
  };
  const ImportGraph& graph = audit.graph;
  std::vector<Visit> visits{{node, SIZE_MAX, kNothing}};
  std::vector<bool> seen(graph.node_count());
  seen[node] = true;
  for (size_t next = 0; next < visits.size(); ++next) {
    const Visit here = visits[next];
    if (const DirectFailure* const failure = undecided_statement(audit, here.node, classes)) {
      WhyCause why = said_of(audit, *failure);
      if (!failure->is_of_file) why.chain.push_back(step_of(files, audit, step_of(*failure)));
      for (Visit at = here; at.from != SIZE_MAX; at = visits[at.from]) {
        why.chain.push_back(step_of(files, audit, {visits[at.from].node, at.statement}));
      }
      std::ranges::reverse(why.chain);
      return why;
    }
    for (uint32_t edge = graph.offsets[here.node]; edge < graph.offsets[here.node + 1]; ++edge) {
      const uint32_t target = graph.targets[edge];
      const bool leads_on = contains(classes, graph.classes[edge]) && !seen[target] &&
                            audit.attribution.state[target] == ModuleState::kUnknown;
      if (!leads_on) continue;
      seen[target] = true;
      visits.push_back({target, next, graph.statements[edge]});
    }
  }
  return {};
}

}  // namespace

WhyCause undecided_of(const FileSystem& files, const Attributed& audit, uint32_t node) {
  // A guard mostly holds, so that what it guards is the reason only where nothing else is.
  for (const EdgeClasses classes : {kHard, kImportTime & ~kGuards, kImportTime}) {
    WhyCause why = nearest_undecided(files, audit, node, classes);
    if (!why.chain.empty()) return why;
  }
  return {};
}

}  // namespace headwater::pipeline
