#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/bench_result.h"
#include "pipeline/audit_options.h"

namespace headwater::pipeline {

struct BenchOptions {
  std::vector<uint32_t> threads;  // one row of warm runs and one of evicted ones for each
  uint32_t runs = 5;
};

/// Audits the repository again and again, first with its pages in memory, then with them evicted
/// (POSIX_FADV_DONTNEED for each source; directory entries stay).
Result<BenchResult> bench(const FileSystem& files, const AuditOptions& options,
                          const BenchOptions& bench);

/// What `headwater bench --json` has written. An Error says what the file has instead.
Result<BenchResult> read_bench(const FileSystem& files, const std::string& path);

}  // namespace headwater::pipeline
