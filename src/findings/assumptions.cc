#include "findings/assumptions.h"

namespace headwater::findings {

std::vector<uint8_t> lead_to_assumptions(const ImportGraph& graph,
                                         const std::vector<Judgement>& judgements) {
  std::vector<uint8_t> is_assumed(graph.node_count());
  std::vector<uint32_t> open;
  const auto add = [&](uint32_t node) {
    if (node == UINT32_MAX || is_assumed[node] != 0) return;
    is_assumed[node] = 1;
    open.push_back(node);
  };
  for (const Judgement& judged : judgements) {
    if (judged.finding.code == "HW203" && judged.file != UINT32_MAX) {
      add(graph.node_of_file[judged.file]);
    }
  }
  if (open.empty()) return is_assumed;
  std::vector<std::vector<uint32_t>> importers(graph.node_count());
  for (uint32_t node = 0; node < graph.node_count(); ++node) {
    for (uint32_t edge = graph.offsets[node]; edge < graph.offsets[node + 1]; ++edge) {
      importers[graph.targets[edge]].push_back(node);
    }
  }
  while (!open.empty()) {
    const uint32_t node = open.back();
    open.pop_back();
    for (const uint32_t importer : importers[node]) add(importer);
  }
  return is_assumed;
}

}  // namespace headwater::findings
