// Attribution of a generated graph: condensation and cascade, with 1, 64 and 1,000 causes. The
// shape is the prototype's: targets skewed to hubs, 30% within a window, 0.2% forward, so that
// there are cycles. `bytes_per_module` is the memory of the results and of the graph.

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <random>

#include "attribute/cascade/cascade.h"
#include "graph/condense.h"

namespace {

using namespace headwater;

constexpr uint32_t kModules = 1'000'000;
constexpr uint32_t kEdges = 10'000'000;

ImportGraph generated() {
  std::mt19937_64 random(1);
  std::vector<std::pair<uint32_t, uint32_t>> edges(kEdges);
  for (auto& [from, to] : edges) {
    from = static_cast<uint32_t>(random() % kModules);
    const double u = static_cast<double>(random() >> 11) * 0x1p-53;
    const uint64_t kind = random() % 1000;
    if (kind < 300) {
      to = from - static_cast<uint32_t>(random() % (std::min(from, 1000u) + 1));
    } else if (kind < 302) {
      to = std::min(kModules - 1, from + static_cast<uint32_t>(random() % 1000));
    } else {
      to = static_cast<uint32_t>(from * u * u * u);
    }
  }
  std::stable_sort(edges.begin(), edges.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  ImportGraph graph;
  graph.module_count = kModules;
  graph.offsets.assign(kModules + 1, 0);
  for (const auto& [from, to] : edges) {
    ++graph.offsets[from + 1];
    graph.targets.push_back(to);
  }
  for (uint32_t i = 0; i < kModules; ++i) graph.offsets[i + 1] += graph.offsets[i];
  for (const auto& [from, to] : edges) {
    graph.statements.push_back(static_cast<uint32_t>(graph.statements.size()) -
                               graph.offsets[from]);
  }
  graph.classes.assign(kEdges, EdgeClass::kImport);
  graph.guards.resize(kEdges);
  return graph;
}

const ImportGraph& shared_graph() {
  static const ImportGraph graph = generated();
  return graph;
}

template <typename T>
size_t bytes_of(const std::vector<T>& values) {
  return values.size() * sizeof(T);
}

void attribution(benchmark::State& state) {
  const ImportGraph& graph = shared_graph();
  std::mt19937_64 random(2);
  std::vector<DirectFailure> failures;
  std::vector<Raised> raised;
  for (uint32_t cause = 0; cause < static_cast<uint32_t>(state.range(0)); ++cause) {
    failures.push_back({static_cast<uint32_t>(random() % kModules), 5, cause, EdgeClass::kImport});
    raised.push_back(Raised::kModuleNotFoundError);
  }
  std::ranges::sort(failures, {}, &DirectFailure::node);
  Attribution made;
  Condensation condensation;
  for (auto _ : state) {
    condensation = graph::condense(graph, kImportTime);
    made = attribute::cascade({graph, condensation, failures, raised, {}, {}});
  }
  state.counters["failing"] =
      static_cast<double>(std::ranges::count(made.state, ModuleState::kFails));
  state.counters["components"] = static_cast<double>(condensation.component_count());
  state.counters["levels"] = static_cast<double>(condensation.level_count());
  state.counters["cause_sets"] = static_cast<double>(made.sets.size());
  size_t set_bytes = 0;
  for (uint32_t set = 0; set < made.sets.size(); ++set) set_bytes += made.sets[set].size() * 4;
  state.counters["cause_set_MiB"] = static_cast<double>(set_bytes) / (1 << 20);
  const size_t result = bytes_of(made.state) + bytes_of(made.first_cause) +
                        bytes_of(made.cause_set) + bytes_of(made.witness) +
                        bytes_of(condensation.component) + bytes_of(condensation.offsets) +
                        bytes_of(condensation.members);
  const size_t rows = bytes_of(graph.offsets) + bytes_of(graph.targets) +
                      bytes_of(graph.statements) + bytes_of(graph.classes) + bytes_of(graph.guards);
  state.counters["graph_MiB"] = static_cast<double>(rows) / (1 << 20);
  state.counters["result_MiB"] = static_cast<double>(result + set_bytes) / (1 << 20);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_rss_MiB"] = static_cast<double>(usage.ru_maxrss) / 1024;
}
BENCHMARK(attribution)->Arg(1)->Arg(64)->Arg(1000)->Unit(benchmark::kMillisecond)->UseRealTime();

void condensation_alone(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(graph::condense(shared_graph(), kImportTime));
}
BENCHMARK(condensation_alone)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
