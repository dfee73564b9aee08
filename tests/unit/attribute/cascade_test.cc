#include "attribute/cascade/cascade.h"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <functional>
#include <map>
#include <random>
#include <set>

#include "unit/graph/edges.h"

namespace headwater::attribute {
namespace {

using Causes = std::vector<uint32_t>;

/// Unguarded, with a handler that makes something else of an ImportError.
constexpr EdgeKind import_or(RaisedKind raises) {
  return {EdgeClass::kImport, Guard{.raises = raises}};
}

struct World {
  ImportGraph graph;
  std::vector<DirectFailure> failures;
  std::vector<Raised> raised;
  std::vector<KnownOutcome> known{};

  Attribution judge() const {
    const auto* const classes = reinterpret_cast<const uint8_t*>(graph.classes.data());
    const Condensation condensation = strong_components(
        {graph.offsets, graph.targets, {classes, graph.classes.size()}, kImportTime});
    return cascade({graph, condensation, failures, raised, known, {}});
  }
};

Causes causes_of(const Attribution& made, uint32_t node) {
  const auto set = made.sets[made.cause_set[node]];
  return {set.begin(), set.end()};
}

constexpr Raised kAbsent = Raised::kModuleNotFoundError;

TEST(Cascade, FailureReachesImportersAndNobodyElse) {
  const World world{graph_of(4, {{0, 1}, {1, 2}, {3, 1, EdgeClass::kCall}}),
                    {{2, 0, 0, EdgeClass::kImport}},
                    {kAbsent}};
  const Attribution made = world.judge();
  EXPECT_EQ(causes_of(made, 0), Causes{0});
  EXPECT_EQ(made.state[3], ModuleState::kImports);
  EXPECT_EQ(made.sole[0], 3u);
  EXPECT_EQ(made.witness[2], kWitnessIsDirect);
  EXPECT_EQ(made.witness[0], 0u);
}

TEST(Cascade, FirstCauseIsThatOfTheFirstStatement) {
  // 0: import 1; <cause 0>; import 2
  const World world{graph_of(3, {{0, 1, EdgeClass::kImport, 0}, {0, 2, EdgeClass::kImport, 2}}),
                    {{0, 1, 0, EdgeClass::kImport}, {2, 0, 1, EdgeClass::kImport}},
                    {kAbsent, kAbsent}};
  const Attribution made = world.judge();
  EXPECT_EQ(made.first_cause[0], 0u);
  EXPECT_EQ(causes_of(made, 0), (Causes{0, 1}));
  EXPECT_EQ(made.sole, (Causes{0, 1}));
  EXPECT_EQ(made.shared, (Causes{1, 1}));
}

TEST(Cascade, PackageFailsBeforeItsModules) {
  const World world{graph_of(2, {{1, 0, EdgeClass::kParent}}),
                    {{0, 0, 0, EdgeClass::kImport}, {1, 0, 1, EdgeClass::kImport}},
                    {kAbsent, kAbsent}};
  EXPECT_EQ(world.judge().first_cause[1], 0u);
}

TEST(Cascade, GuardCatchesImportErrorAndNoSyntaxError) {
  const ImportGraph graph = graph_of(4, {{0, 1, kGuarded}, {2, 3, kGuarded}});
  const World world{graph,
                    {{1, 0, 0, EdgeClass::kImport}, {3, 0, 1, EdgeClass::kImport}},
                    {kAbsent, Raised::kSyntaxError}};
  const Attribution made = world.judge();
  EXPECT_EQ(made.state[0], ModuleState::kImports);
  EXPECT_EQ(causes_of(made, 2), Causes{1});
}

TEST(Cascade, FallbackRunsWhereTheGuardedImportFails) {
  // 0 and 1 fail; 2: try 0 except 1; 3: try 4 except 1, where 4 imports.
  World world{graph_of(5, {{2, 0, kGuarded},
                           {2, 1, EdgeClass::kFallback},
                           {3, 4, kGuarded},
                           {3, 1, EdgeClass::kFallback}}),
              {{0, 0, 0, EdgeClass::kImport}, {1, 0, 1, EdgeClass::kImport}},
              {kAbsent, kAbsent}};
  world.graph.protected_by = {{2, 1, 0, Protected::Runs::kIfItFails},
                              {3, 1, 0, Protected::Runs::kIfItFails}};
  const Attribution made = world.judge();
  EXPECT_EQ(causes_of(made, 2), Causes{1});
  EXPECT_EQ(made.state[3], ModuleState::kImports);
}

TEST(Cascade, UnknownConditionMakesNoFailure) {
  const World world{graph_of(3, {{0, 1, EdgeClass::kConditional}, {2, 0}}),
                    {{1, 0, 0, EdgeClass::kImport}},
                    {kAbsent}};
  const Attribution made = world.judge();
  EXPECT_EQ(made.state[0], ModuleState::kUnknown);
  EXPECT_EQ(made.state[2], ModuleState::kUnknown);
  EXPECT_EQ(made.sole[0], 1u);
}

TEST(Cascade, EachEntryOfACycleMeetsItsOwnFirstCause) {
  // 0 -> 1 -> 2 -> 0; 0 fails after its import, 1 and 2 before theirs and not.
  const World world{graph_of(3, {{0, 1, EdgeClass::kImport, 0},
                                 {1, 2, EdgeClass::kImport, 1},
                                 {2, 0, EdgeClass::kImport, 0}}),
                    {{0, 1, 0, EdgeClass::kImport}, {1, 0, 1, EdgeClass::kImport}},
                    {kAbsent, kAbsent}};
  const Attribution made = world.judge();
  EXPECT_EQ(made.first_cause[0], 1u);
  EXPECT_EQ(made.first_cause[1], 1u);
  EXPECT_EQ(made.first_cause[2], 1u);
  for (uint32_t node = 0; node < 3; ++node) EXPECT_EQ(causes_of(made, node), (Causes{0, 1}));
}

TEST(Cascade, GuardInACycleLetsThroughWhatItDoesNotCatch) {
  // 0: try 1; 1: import 2; 2: import 0; <SyntaxError>. The guard is judged before its target is.
  World world{graph_of(3, {{0, 1, kGuarded}, {1, 2}, {2, 0, EdgeClass::kImport, 0}}),
              {{2, 1, 0, EdgeClass::kImport}},
              {Raised::kSyntaxError}};
  EXPECT_EQ(causes_of(world.judge(), 0), Causes{0});
  world.raised = {kAbsent};
  EXPECT_EQ(world.judge().state[0], ModuleState::kImports);
}

TEST(Cascade, KnownOutcomeIsTakenAsItIs) {
  World world{
      graph_of(3, {{0, 1}, {1, 0}, {2, 0}}), {{1, 0, 0, EdgeClass::kImport}}, {kAbsent, kAbsent}};
  world.known = {{0, ModuleState::kImports, {}}, {1, ModuleState::kFails, {1, 0}}};
  const Attribution made = world.judge();
  EXPECT_EQ(made.state[2], ModuleState::kImports);
  EXPECT_EQ(made.first_cause[1], 1u);
  EXPECT_EQ(causes_of(made, 1), (Causes{0, 1}));
}

TEST(Cascade, WhatAKnownModuleExitsByGetsOutOfAGuard) {
  // 0 guards 1, which is known to fail and exits in its handler.
  World world{
      graph_of(2, {{0, 1, kGuarded}}), {{1, 0, 0, import_or(RaisedKind::kExit)}}, {kAbsent}};
  world.known = {{1, ModuleState::kFails, {0}}};
  const Attribution made = world.judge();
  EXPECT_EQ(causes_of(made, 0), Causes{0});
  EXPECT_EQ(raised_at(made, world.raised, 1, 0), Raised::kSystemExit);
}

TEST(Cascade, WhatAKnownModuleOfACycleExitsByGetsOutOfAGuard) {
  // The same, and 1 imports 0 behind its failure.
  World world{graph_of(2, {{0, 1, kGuarded, 0}, {1, 0, EdgeClass::kImport, 1}}),
              {{1, 0, 0, import_or(RaisedKind::kExit)}},
              {kAbsent}};
  world.known = {{1, ModuleState::kFails, {0}}};
  EXPECT_EQ(causes_of(world.judge(), 0), Causes{0});
}

TEST(Cascade, AnUnknownExceptionLeavesAGuardOpen) {
  const World world{
      graph_of(
          3, {{0, 1, kGuarded},
              {2, 1,
               EdgeKind(EdgeClass::kImport, Guard{HeldImportErrors::kAll, CaughtBesides::kAll})}}),
      {{1, 0, 0, import_or(RaisedKind::kNotKnown)}},
      {kAbsent}};
  const Attribution made = world.judge();
  EXPECT_EQ(made.state[0], ModuleState::kUnknown);
  EXPECT_EQ(made.state[2], ModuleState::kImports);
}

TEST(Cascade, OfWhatAnUndecidedTargetRaisesAGuardOfMissingModulesIsNotEnough) {
  // 1 may fail, and so may a statement of 2: it may not be there.
  constexpr EdgeKind kMissing{EdgeClass::kImport, Guard{HeldImportErrors::kMissing}};
  const World world{graph_of(3, {{0, 1, kMissing}}),
                    {{1, 0, kNothing, EdgeClass::kConditional}, {2, 0, kNothing, kMissing}},
                    {}};
  const Attribution made = world.judge();
  EXPECT_EQ(made.state[0], ModuleState::kUnknown);
  EXPECT_EQ(made.state[2], ModuleState::kImports);
}

TEST(Cascade, WhatIsUndecidedGetsOutOfAGuardThatLetsMissingModulesThrough) {
  // 1 may fail, and so may a statement of 3.
  const World world{graph_of(4, {{0, 1, kGuardedOthers}, {2, 1, kGuarded}}),
                    {{1, 0, kNothing, EdgeClass::kConditional}, {3, 0, kNothing, kGuardedOthers}},
                    {}};
  const Attribution made = world.judge();
  EXPECT_EQ(made.state[0], ModuleState::kUnknown);
  EXPECT_EQ(made.state[2], ModuleState::kImports);
  EXPECT_EQ(made.state[3], ModuleState::kUnknown);
}

TEST(Cascade, WhatAMemberOfACycleFailsForBesidesReachesTheOthers) {
  // 0 -> 1 -> 2 -> 0, of which 0 and 1 are known to fail for the cycle; 1 has a failure of its own.
  World world{
      graph_of(3, {{0, 1}, {1, 2}, {2, 0}}), {{1, 1, 0, EdgeClass::kImport}}, {kAbsent, kAbsent}};
  for (const uint32_t node : {0u, 1u}) {
    world.known.push_back({node, ModuleState::kFails, {1}, false});
  }
  const Attribution made = world.judge();
  EXPECT_EQ(causes_of(made, 0), (Causes{0, 1}));
  EXPECT_EQ(causes_of(made, 1), (Causes{0, 1}));
}

TEST(Cascade, ChainOf100000AndCycleOf50000) {
  constexpr uint32_t kChain = 100'000;
  constexpr uint32_t kCycle = 50'000;
  std::vector<Edge> edges;
  for (uint32_t i = 0; i + 1 < kChain; ++i) edges.push_back({i, i + 1});
  for (uint32_t i = 0; i < kCycle; ++i) edges.push_back({kChain + i, kChain + (i + 1) % kCycle});
  const World world{graph_of(kChain + kCycle, edges),
                    {{kChain - 1, 0, 0, EdgeClass::kImport},
                     {kChain, 1, 1, EdgeClass::kImport},
                     {kChain + 20'000, 1, 2, EdgeClass::kImport}},
                    {kAbsent, kAbsent, kAbsent}};
  const Attribution made = world.judge();
  EXPECT_EQ(made.sole[0], kChain);
  EXPECT_EQ(made.shared[1], kCycle);
  EXPECT_EQ(made.shared[2], kCycle);
}

/// Imports one module as Python does, on a graph without cycles of guards: the causes in the order
/// in which they are met once those before are repaired.
class Naive {
 public:
  explicit Naive(const World& world) : world_(world) {}

  Causes causes(uint32_t node) {
    Causes met;
    for (;;) {
      begun_.clear();
      const uint32_t cause = import(node, met);
      if (cause == kNothing) return met;
      met.push_back(cause);
    }
  }

 private:
  uint32_t import(uint32_t node, const Causes& repaired) {
    if (!begun_.insert(node).second) return kNothing;
    struct Event {
      uint32_t statement, order, index;
    };
    std::vector<Event> events;
    const ImportGraph& graph = world_.graph;
    for (uint32_t e = graph.offsets[node]; e < graph.offsets[node + 1]; ++e) {
      events.push_back({graph.statements[e] + 1, 0, e});  // kNothing + 1 is 0: the package
    }
    for (uint32_t f = 0; f < world_.failures.size(); ++f) {
      if (world_.failures[f].node == node)
        events.push_back({world_.failures[f].statement + 1, 1, f});
    }
    std::ranges::stable_sort(events, [](const Event& a, const Event& b) {
      return std::pair(a.statement, a.order) < std::pair(b.statement, b.order);
    });
    for (const Event& event : events) {
      if (event.order == 1) {
        const uint32_t cause = world_.failures[event.index].cause;
        if (std::ranges::find(repaired, cause) == repaired.end()) return cause;
      } else if (is_hard(graph.kind(event.index))) {
        const uint32_t cause = import(graph.targets[event.index], repaired);
        if (cause != kNothing) return cause;
      }
    }
    return kNothing;
  }

  const World& world_;
  std::set<uint32_t> begun_;
};

World random_world(std::mt19937& random) {
  World world;
  const auto nodes = static_cast<uint32_t>(2 + random() % 30);
  const auto causes = static_cast<uint32_t>(1 + random() % 5);
  std::vector<Edge> edges;
  for (size_t i = random() % (nodes * 2); i > 0; --i) {
    const bool call = random() % 4 == 0;
    edges.push_back({static_cast<uint32_t>(random() % nodes),
                     static_cast<uint32_t>(random() % nodes),
                     call ? EdgeKind(EdgeClass::kCall) : EdgeKind(EdgeClass::kImport)});
  }
  world.graph = graph_of(nodes, edges);
  for (uint32_t i = 0; i < causes; ++i) {
    world.raised.push_back(kAbsent);
    world.failures.push_back({static_cast<uint32_t>(random() % nodes),
                              static_cast<uint32_t>(random() % 4), i, EdgeClass::kImport});
  }
  std::ranges::stable_sort(world.failures, [](const DirectFailure& a, const DirectFailure& b) {
    return std::pair(a.node, a.statement) < std::pair(b.node, b.statement);
  });
  return world;
}

TEST(Cascade, AgreesWithImportingEveryModuleOnRandomGraphs) {
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    const World world = random_world(random);
    const Attribution made = world.judge();
    std::map<Causes, uint32_t> victims;
    for (uint32_t node = 0; node < world.graph.node_count(); ++node) {
      Causes want = Naive(world).causes(node);
      ASSERT_EQ(made.first_cause[node], want.empty() ? kNothing : want[0]) << round << ' ' << node;
      std::ranges::sort(want);
      ASSERT_EQ(causes_of(made, node), want) << round << ' ' << node;
      if (!want.empty()) ++victims[want];
    }
    std::map<Causes, uint32_t> counted;
    for (uint32_t set = 1; set < made.sets.size(); ++set) {
      counted[Causes(made.sets[set].begin(), made.sets[set].end())] = made.victims[set];
    }
    ASSERT_EQ(counted, victims) << "every distinct set once, with its victims";
  }
}

TEST(Cascade, SameAnswerWithAnyNumberOfThreads) {
  std::mt19937 random(5);
  constexpr uint32_t kNodes = 20'000;
  std::vector<Edge> edges;
  for (size_t i = 0; i < 5 * kNodes; ++i) {
    const auto from = static_cast<uint32_t>(random() % kNodes);
    edges.push_back({from, static_cast<uint32_t>(random() % (from / 4 + 1))});
  }
  World world{graph_of(kNodes, edges), {}, {}};
  for (uint32_t i = 0; i < 40; ++i) {
    world.failures.push_back({i * 17, 0, i, EdgeClass::kImport});
    world.raised.push_back(kAbsent);
  }
  std::vector<Attribution> made;
  for (const size_t threads : {1u, 2u, 8u}) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    made.push_back(world.judge());
  }
  for (const Attribution& other : made) {
    EXPECT_EQ(other.cause_set, made[0].cause_set);
    EXPECT_EQ(other.first_cause, made[0].first_cause);
    EXPECT_EQ(other.witness, made[0].witness);
    EXPECT_EQ(other.shared, made[0].shared);
  }
}

}  // namespace
}  // namespace headwater::attribute
