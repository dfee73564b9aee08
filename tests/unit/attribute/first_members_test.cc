#include "attribute/first_members.h"

#include <gtest/gtest.h>

#include "unit/graph/edges.h"

namespace headwater::attribute {
namespace {

using Nodes = std::vector<uint32_t>;

struct World {
  explicit World(uint32_t count, const std::vector<Edge>& edges) : graph(graph_of(count, edges)) {
    const auto* const classes = reinterpret_cast<const uint8_t*>(graph.classes.data());
    condensation = strong_components(
        {graph.offsets, graph.targets, {classes, graph.classes.size()}, kImportTime});
  }
  UncertainImporters uncertain(const std::vector<StruckMember>& struck) const {
    return uncertain_importers(graph, condensation, struck);
  }

  ImportGraph graph;
  Condensation condensation;
};

// 0 and 1 are a cycle in all of them.
const Edge kThere{0, 1};
const Edge kBack{1, 0};

TEST(FirstMembers, AStatementThatCertainlyRunsTellsAll) {
  const World world(4, {kThere, kBack, {2, 0}, {3, 2}});
  const UncertainImporters importers = world.uncertain({{0, {7}}});
  EXPECT_EQ(importers.of_causes, Nodes{});
  EXPECT_EQ(first_members(world.graph, world.condensation, world.condensation.component[0]),
            (Nodes{0, 1, 0, 0}));
}

TEST(FirstMembers, AConditionOrAGuardOnTheWayLeavesItOpen) {
  const World world(6, {kThere,
                        kBack,
                        {2, 1, EdgeClass::kConditional, 0},
                        {2, 0, EdgeClass::kImport, 1},
                        {3, 2},
                        {4, 0, kGuarded},
                        {5, 0, EdgeClass::kFallback}});
  EXPECT_EQ(world.uncertain({{0, {7}}}).of_state, (Nodes{2, 3, 4, 5}));
}

TEST(FirstMembers, AMemberThatLeavesAFailingOneUnloadedLeavesItOpen) {
  // 0 imports 1 only under a condition, so that 1 may be entered later.
  const World world(3, {{0, 1, EdgeClass::kConditional}, kBack, {2, 0}});
  EXPECT_EQ(world.uncertain({{1, {7}}}).of_state, Nodes{2});
}

TEST(FirstMembers, OtherRepairsOfOtherMembersLeaveTheCausesOpen) {
  const World world(3, {kThere, kBack, {2, 0}});
  const UncertainImporters importers = world.uncertain({{0, {7}}, {1, {8}}});
  EXPECT_EQ(importers.of_state, Nodes{});
  EXPECT_EQ(importers.of_causes, Nodes{2});
}

TEST(FirstMembers, MembersOfAnotherCycleAreCertainTogether) {
  // 2 and 3 import each other, and both come to 0; 4 and 5 come to different members.
  const World world(6, {kThere, kBack, {2, 3}, {3, 2}, {3, 0}, {4, 5}, {4, 0}, {5, 4}, {5, 1}});
  EXPECT_EQ(world.uncertain({{0, {7}}}).of_state, (Nodes{4, 5}));
}

}  // namespace
}  // namespace headwater::attribute
