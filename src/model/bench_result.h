#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headwater {

struct BenchStage {
  std::string name;
  double wall_ms = 0;
  double cpu_ms = 0;  // of all threads
};

/// Whole audits under one condition; each number is the median of its runs.
struct BenchRow {
  bool evicted = false;  // the pages of the sources were dropped before each run
  uint32_t threads = 1;
  double wall_ms = 0;
  double cpu_ms = 0;
  std::vector<BenchStage> stages;  // in the order in which they run
};

/// What `headwater bench` measures.
struct BenchResult {
  uint64_t files = 0;
  uint64_t bytes = 0;
  uint32_t runs = 0;  // of each condition
  uint64_t peak_memory_kib = 0;
  std::vector<BenchRow> rows;
};

}  // namespace headwater
