#include "pipeline/bench.h"

#include <fcntl.h>
#include <simdjson.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "base/paths.h"
#include "pipeline/audit.h"
#include "pipeline/stages.h"

namespace headwater::pipeline {
namespace {

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const size_t half = values.size() / 2;
  return values.size() % 2 != 0 ? values[half] : (values[half - 1] + values[half]) / 2;
}

void evict(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;  // gone since: the audit says so
  posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
  close(descriptor);
}

/// The times of several runs.
class Samples {
 public:
  void add(const Statistics& statistics) {
    double wall = 0;
    double cpu = 0;
    for (const Statistics::Time& time : statistics.times()) {
      const auto [place, is_new] = stages_.try_emplace(time.stage);
      if (is_new) order_.push_back(time.stage);
      place->second.wall.push_back(time.wall_seconds * 1e3);
      place->second.cpu.push_back(time.cpu_seconds * 1e3);
      wall += time.wall_seconds * 1e3;
      cpu += time.cpu_seconds * 1e3;
    }
    all_.wall.push_back(wall);
    all_.cpu.push_back(cpu);
  }

  BenchRow row(uint32_t threads, bool evicted) const {
    BenchRow row{evicted, threads, median(all_.wall), median(all_.cpu), {}};
    for (const std::string& stage : order_) {
      const Times& times = stages_.at(stage);
      row.stages.push_back({stage, median(times.wall), median(times.cpu)});
    }
    return row;
  }

 private:
  struct Times {
    std::vector<double> wall;
    std::vector<double> cpu;
  };
  std::map<std::string, Times> stages_;
  std::vector<std::string> order_;
  Times all_;
};

}  // namespace

Result<BenchResult> bench(const FileSystem& files, const AuditOptions& given,
                          const BenchOptions& bench) {
  Progress silent(false, kStageCount);
  Statistics ignored;
  AuditOptions options = given;
  const auto walked = run_stages(Stage::kScan, files, options, ignored, silent);
  if (!walked) return tl::unexpected(walked.error());
  BenchResult result;
  result.files = walked->tree.files.size();
  result.bytes = walked->scanned.bytes;
  result.runs = bench.runs;
  for (const uint32_t threads : bench.threads) {
    options.threads = threads;
    for (const bool evicted : {false, true}) {
      Samples samples;
      for (uint32_t run = 0; run < bench.runs; ++run) {
        if (evicted) {
          for (const SourceFile& file : walked->tree.files) {
            evict(join_path(walked->root, file.path));
          }
        }
        Statistics statistics;
        const auto done = audit(files, options, statistics, silent);
        if (!done) return tl::unexpected(done.error());
        samples.add(statistics);
      }
      result.rows.push_back(samples.row(threads, evicted));
    }
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  result.peak_memory_kib = static_cast<uint64_t>(usage.ru_maxrss);
  return result;
}

Result<BenchResult> read_bench(const FileSystem& files, const std::string& path) {
  const auto text = files.read(path);
  if (!text) return tl::unexpected(text.error());
  try {
    simdjson::dom::parser parser;
    const simdjson::dom::element root = parser.parse(simdjson::padded_string(*text));
    BenchResult result;
    result.files = root["files"].get_uint64();
    result.bytes = root["bytes"].get_uint64();
    result.runs = static_cast<uint32_t>(root["runs"].get_uint64().value());
    result.peak_memory_kib = root["peak_memory_kib"].get_uint64();
    for (const simdjson::dom::element each : root["rows"].get_array()) {
      BenchRow& row = result.rows.emplace_back();
      row.evicted = each["evicted"].get_bool();
      row.threads = static_cast<uint32_t>(each["threads"].get_uint64().value());
      row.wall_ms = each["wall_ms"].get_double();
      row.cpu_ms = each["cpu_ms"].get_double();
      for (const simdjson::dom::element stage : each["stages"].get_array()) {
        row.stages.push_back({std::string(stage["name"].get_string().value()),
                              stage["wall_ms"].get_double(), stage["cpu_ms"].get_double()});
      }
    }
    return result;
  } catch (const simdjson::simdjson_error& error) {
    return fail(ErrorCode::kMalformed, path,
                std::string("is nothing that headwater bench --json has written: ") + error.what());
  }
}

}  // namespace headwater::pipeline
