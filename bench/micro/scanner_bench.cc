// Scanning of files in memory, in bytes per second of one core. HEADWATER_BENCH_TREE names the tree
// to read; without it the benchmarks skip themselves.

#include <benchmark/benchmark.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "scan/python/lexer.h"
#include "scan/python/scanner.h"

namespace {

namespace fs = std::filesystem;

/// Every .py of the tree, at most 64 MiB.
const std::vector<std::string>& files() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> out;
    const char* root = std::getenv("HEADWATER_BENCH_TREE");
    if (root == nullptr) return out;
    size_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".py" || !entry.is_regular_file()) continue;
      std::ifstream stream(entry.path(), std::ios::binary);
      out.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
      bytes += out.back().size();
      if (bytes > (64u << 20)) break;
    }
    return out;
  }();
  return all;
}

template <typename Work>
void over_files(benchmark::State& state, Work work) {
  if (files().empty())
    return state.SkipWithError("set HEADWATER_BENCH_TREE to a tree of .py files");
  size_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& text : files()) {
      work(text);
      bytes += text.size();
    }
  }
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}

void BM_Hash(benchmark::State& state) {
  over_files(state, [](const std::string& text) {
    benchmark::DoNotOptimize(XXH3_64bits(text.data(), text.size()));
  });
}
BENCHMARK(BM_Hash)->Unit(benchmark::kMillisecond);

void BM_LexEveryLine(benchmark::State& state) {
  std::vector<headwater::scan::Token> tokens;
  headwater::scan::ByteIndex index;
  over_files(state, [&](const std::string& text) {
    index.build(text, headwater::scan::best_byte_classes());
    headwater::scan::Lexer lexer(text, index);
    uint32_t indentation = 0;
    while (lexer.next_line(tokens, indentation)) benchmark::DoNotOptimize(tokens.data());
  });
}
BENCHMARK(BM_LexEveryLine)->Unit(benchmark::kMillisecond);

void BM_ByteClasses(benchmark::State& state) {
  const auto& classes = headwater::scan::byte_classes()[static_cast<size_t>(state.range(0))];
  if (!classes.is_supported()) return state.SkipWithError("not on this processor");
  state.SetLabel(classes.name);
  headwater::scan::ByteIndex index;
  over_files(state, [&](const std::string& text) { index.build(text, classes); });
}
BENCHMARK(BM_ByteClasses)
    ->DenseRange(0, static_cast<int64_t>(headwater::scan::byte_classes().size()) - 1)
    ->Unit(benchmark::kMillisecond);

void BM_Scan(benchmark::State& state) {
  const auto& classes = headwater::scan::byte_classes()[static_cast<size_t>(state.range(0))];
  if (!classes.is_supported()) return state.SkipWithError("not on this processor");
  state.SetLabel(classes.name);
  headwater::scan::PythonScanner scanner(classes);
  over_files(state, [&](const std::string& text) {
    benchmark::DoNotOptimize(scanner.scan(text).content_hash);
  });
}
BENCHMARK(BM_Scan)
    ->DenseRange(0, static_cast<int64_t>(headwater::scan::byte_classes().size()) - 1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
