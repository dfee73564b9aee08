// NameTable, the interner of one file's names: few distinct names that come again and again, as in
// a source, and many distinct ones, as in a generated table.

#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "model/file_facts.h"

namespace {

std::vector<std::string> uses(size_t distinct) {
  constexpr size_t kUses = 4096;
  std::mt19937_64 random(1);
  std::vector<std::string> names;
  for (size_t i = 0; i < kUses; ++i) {
    names.push_back("package.module_" + std::to_string(random() % distinct));
  }
  return names;
}

void intern_names(benchmark::State& state) {
  const std::vector<std::string> names = uses(static_cast<size_t>(state.range(0)));
  headwater::NameTable table;
  for (auto _ : state) {
    table.clear();
    for (const std::string& name : names) benchmark::DoNotOptimize(table.intern(name));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(names.size()));
}
BENCHMARK(intern_names)->ArgName("distinct")->Arg(16)->Arg(256)->Arg(4096);

}  // namespace
