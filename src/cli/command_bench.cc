#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>

#include "base/file_system.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "pipeline/bench.h"
#include "report/bench_report.h"

namespace headwater::cli {
namespace {

constexpr uint32_t kMostRuns = 1000;

/// One thread, and as many as the machine has.
std::vector<uint32_t> usual_threads() {
  const uint32_t all = std::max(1u, std::thread::hardware_concurrency());
  return all == 1 ? std::vector{1u} : std::vector{1u, all};
}

}  // namespace

void add_bench_options(CLI::App& app, RawOptions& raw) {
  add_path(app, raw);
  app.add_option("--threads", raw.options.bench_threads,
                 "N,...: one, and as many as the machine has, if not given")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::Range(1u, kMostThreads))
      ->type_name("");
  app.add_option("--runs", raw.options.runs, "N: of each condition; 5, if not given")
      ->check(CLI::Range(1u, kMostRuns))
      ->type_name("");
  app.add_flag("--json", raw.options.json, "one object, for --compare and scripts");
  app.add_option("--compare", raw.options.compare, "FILE: what --json has written before")
      ->type_name("");
  add_audit_options(app, raw);
}

int run_bench(const Options& options) {
  pipeline::AuditOptions audit = options.audit;
  audit.path = options.paths.front();
  BenchResult before;
  if (!options.compare.empty()) {
    auto read = pipeline::read_bench(real_file_system(), options.compare);
    if (!read) return exit_code(read.error());
    before = std::move(*read);
  }
  const auto threads = options.bench_threads.empty() ? usual_threads() : options.bench_threads;
  const auto result = pipeline::bench(real_file_system(), audit, {threads, options.runs});
  if (!result) return exit_code(result.error());
  std::string text;
  if (options.json) {
    report::write_bench_json(*result, text);
  } else if (options.compare.empty()) {
    report::write_bench(*result, text);
  } else {
    report::write_bench_compared(*result, before, text);
  }
  return write_output(options, text);
}

}  // namespace headwater::cli
