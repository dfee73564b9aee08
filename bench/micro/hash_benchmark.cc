// XXH3-64, the hash of a file's content, by the sizes that sources have.

#include <benchmark/benchmark.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <string>

namespace {

void hash_of_size(benchmark::State& state) {
  const std::string text(static_cast<size_t>(state.range(0)), 'x');
  for (auto _ : state) benchmark::DoNotOptimize(XXH3_64bits(text.data(), text.size()));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(hash_of_size)->ArgName("bytes")->RangeMultiplier(4)->Range(64, 16 << 20);

}  // namespace
