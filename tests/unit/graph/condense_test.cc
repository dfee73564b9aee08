#include "graph/condense.h"

#include <gtest/gtest.h>

#include <random>

#include "graph/reach.h"
#include "model/importers.h"
#include "unit/graph/edges.h"

namespace headwater::graph {
namespace {

/// What defines a condensation, checked against reachability by search from every node.
void expect_sound(const ImportGraph& graph, const Condensation& made) {
  const auto count = static_cast<uint32_t>(graph.node_count());
  std::vector<std::vector<bool>> reaches;
  for (uint32_t i = 0; i < count; ++i) {
    reaches.push_back(reachable(graph, std::vector<uint32_t>{i}, kImportTime));
  }
  for (uint32_t a = 0; a < count; ++a) {
    for (uint32_t b = 0; b < count; ++b) {
      ASSERT_EQ(made.component[a] == made.component[b], reaches[a][b] && reaches[b][a]);
    }
  }
  std::vector<uint32_t> level(made.component_count(), kNothing);
  for (uint32_t i = 0; i < made.level_count(); ++i) {
    for (uint32_t c = made.level_offsets[i]; c < made.level_offsets[i + 1]; ++c) level[c] = i;
  }
  std::vector<uint32_t> highest(made.component_count(), 0);
  for (uint32_t a = 0; a < count; ++a) {
    for (uint32_t edge = graph.offsets[a]; edge < graph.offsets[a + 1]; ++edge) {
      const uint32_t from = made.component[a];
      const uint32_t to = made.component[graph.targets[edge]];
      if (from == to || !contains(kImportTime, graph.classes[edge])) continue;
      ASSERT_LT(to, from) << "edges lead to lower numbers";
      highest[from] = std::max(highest[from], level[to] + 1);
    }
  }
  ASSERT_EQ(level, highest);
  std::vector<uint32_t> members;
  for (uint32_t c = 0; c < made.component_count(); ++c) {
    for (const uint32_t node : made.of(c)) {
      ASSERT_EQ(made.component[node], c);
      members.push_back(node);
    }
  }
  std::ranges::sort(members);
  for (uint32_t i = 0; i < count; ++i) ASSERT_EQ(members[i], i);
}

TEST(Condensation, IsSoundOnRandomGraphs) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const ImportGraph graph = random_graph(random, 1 + random() % 40, random() % 120);
    expect_sound(graph, condense(graph, kImportTime));
  }
}

TEST(Condensation, ChainOf100000HasALevelForEach) {
  constexpr uint32_t kCount = 100'000;
  std::vector<Edge> edges;
  for (uint32_t i = 0; i + 1 < kCount; ++i) edges.push_back({i, i + 1});
  const Condensation made = condense(graph_of(kCount, edges), kImportTime);
  EXPECT_EQ(made.component_count(), kCount);
  EXPECT_EQ(made.level_count(), kCount);
  EXPECT_EQ(made.component[kCount - 1], 0u);
}

TEST(Condensation, CycleOf50000IsOneComponent) {
  constexpr uint32_t kCount = 50'000;
  std::vector<Edge> edges;
  for (uint32_t i = 0; i < kCount; ++i) edges.push_back({i, (i + 1) % kCount});
  const Condensation made = condense(graph_of(kCount, edges), kImportTime);
  EXPECT_EQ(made.component_count(), 1u);
  EXPECT_EQ(made.of(0).size(), kCount);
}

TEST(Condensation, EdgesOfOtherClassesMakeNoCycle) {
  const ImportGraph graph =
      graph_of(2, {{0, 1, EdgeClass::kImport}, {1, 0, EdgeClass::kCall}, {0, 0}});
  EXPECT_EQ(condense(graph, kImportTime).component_count(), 2u);
}

TEST(Condensation, NothingHasNoComponents) {
  EXPECT_EQ(condense(ImportGraph(), kImportTime).component_count(), 0u);
}

TEST(Reach, BackwardIsForwardTurnedAround) {
  std::mt19937 random(3);
  const ImportGraph graph = random_graph(random, 30, 60);
  const Importers turned = importers_in(graph, kImportTime);
  for (uint32_t a = 0; a < 30; ++a) {
    const auto from_a = reachable(graph, std::vector<uint32_t>{a}, kImportTime);
    for (uint32_t b = 0; b < 30; ++b) {
      EXPECT_EQ(from_a[b], reaching(turned, std::vector<uint32_t>{b})[a]);
    }
  }
}

}  // namespace
}  // namespace headwater::graph
