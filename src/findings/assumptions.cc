#include "findings/assumptions.h"

#include "model/importers.h"

namespace headwater::findings {

std::vector<bool> lead_to_assumptions(const ImportGraph& graph,
                                      const std::vector<Judgement>& judgements) {
  std::vector<uint32_t> starts;
  for (const Judgement& judged : judgements) {
    if (judged.finding.code != "HW203" || judged.file == UINT32_MAX) continue;
    const uint32_t node = graph.node_of_file[judged.file];
    if (node != kNothing) starts.push_back(node);
  }
  if (starts.empty()) return std::vector<bool>(graph.node_count());
  return reaching(importers_in(graph, ~EdgeClasses{0}), starts);
}

}  // namespace headwater::findings
