#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headwater::pipeline {

/// Times and counters of one run: for people who ask where the time went, never for a report.
class Statistics {
 public:
  void count(std::string_view name, uint64_t value) {
    counters_.push_back({std::string(name), value});
  }
  void add_time(std::string_view stage, double wall_seconds, double cpu_seconds) {
    times_.push_back({std::string(stage), wall_seconds, cpu_seconds});
  }
  struct Time {
    std::string stage;
    double wall_seconds;
    double cpu_seconds;  // of all threads
  };
  /// In the order in which they were taken.
  const std::vector<Time>& times() const { return times_; }
  /// Aligned lines: per stage its wall and CPU milliseconds, then the counters.
  std::string lines() const;

 private:
  struct Counter {
    std::string name;
    uint64_t value;
  };
  std::vector<Time> times_;
  std::vector<Counter> counters_;
};

/// Adds the time of its scope to the statistics.
class Timer {
 public:
  Timer(Statistics& statistics, std::string_view stage);
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

 private:
  Statistics& statistics_;
  std::string_view stage_;
  std::chrono::steady_clock::time_point wall_start_;
  double cpu_start_;
};

}  // namespace headwater::pipeline
