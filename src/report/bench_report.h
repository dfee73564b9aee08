#pragma once

#include <string>

#include "model/bench_result.h"

namespace headwater::report {

/// A line for each condition, with the share of each stage.
void write_bench(const BenchResult& result, std::string& out);
/// The same with the ratio to the row of `before` that has the same condition.
void write_bench_compared(const BenchResult& result, const BenchResult& before, std::string& out);
/// One JSON object.
void write_bench_json(const BenchResult& result, std::string& out);

}  // namespace headwater::report
