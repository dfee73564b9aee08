#include "pipeline/statistics.h"

#include <fmt/format.h>
#include <sys/resource.h>

namespace headwater::pipeline {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

rusage usage_of_process() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage;
}

double cpu_seconds() {
  const rusage usage = usage_of_process();
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

std::string Statistics::lines() const {
  std::string out = fmt::format("{:<22}{:>12}{:>12}\n", "stage", "wall ms", "cpu ms");
  double wall = 0;
  double cpu = 0;
  for (const Time& time : times_) {
    out += fmt::format("{:<22}{:>12.1f}{:>12.1f}\n", time.stage, time.wall_seconds * 1e3,
                       time.cpu_seconds * 1e3);
    wall += time.wall_seconds;
    cpu += time.cpu_seconds;
  }
  out += fmt::format("{:<22}{:>12.1f}{:>12.1f}\n", "all", wall * 1e3, cpu * 1e3);
  for (const Counter& counter : counters_) {
    out += fmt::format("{:<22}{:>12}\n", counter.name, counter.value);
  }
  const auto peak_kib = static_cast<uint64_t>(usage_of_process().ru_maxrss);
  return out + fmt::format("{:<22}{:>12}\n", "peak memory KiB", peak_kib);
}

Timer::Timer(Statistics& statistics, std::string_view stage)
    : statistics_(statistics),
      stage_(stage),
      wall_start_(std::chrono::steady_clock::now()),
      cpu_start_(cpu_seconds()) {}

Timer::~Timer() {
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_start_;
  statistics_.add_time(stage_, wall.count(), cpu_seconds() - cpu_start_);
}

}  // namespace headwater::pipeline
