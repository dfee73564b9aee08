#include "pipeline/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

namespace headwater::pipeline {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(500);
constexpr auto kInterval = std::chrono::milliseconds(100);
constexpr unsigned kBarColumns = 24;

}  // namespace

Progress::Progress(bool shown, unsigned stage_count) : stage_count_(std::max(1u, stage_count)) {
  if (shown) thread_ = std::thread([this] { draw_until_done(); });
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  finished_.notify_one();
  thread_.join();
}

void Progress::enter(const char* name) {
  total_files_ = 0;
  done_files_ = 0;
  name_ = name;
  ++stage_;
}

void Progress::advance(uint64_t done, uint64_t total) {
  total_files_ = total;
  for (uint64_t seen = done_files_;
       seen < done && !done_files_.compare_exchange_weak(seen, done);) {
  }
}

void Progress::draw_until_done() {
  const auto start = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  if (finished_.wait_for(lock, kPatience, [this] { return done_; })) return;
  do {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    const unsigned finished = std::min(stage_.load(), stage_count_) - (stage_ == 0 ? 0 : 1);
    const uint64_t total = total_files_;
    const double within =
        total == 0 ? 0 : static_cast<double>(done_files_) / static_cast<double>(total);
    const auto filled = std::min(
        kBarColumns, static_cast<unsigned>(kBarColumns * (finished + within) / stage_count_));
    const std::string files =
        total == 0 ? "" : fmt::format(" {}/{} files", done_files_.load(), total);
    const std::string line =
        fmt::format("\r\x1b[K[{:=<{}}{:{}}] {}{} {:.1f} s", "", filled, "", kBarColumns - filled,
                    name_.load(), files, elapsed.count());
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fflush(stderr);
  } while (!finished_.wait_for(lock, kInterval, [this] { return done_; }));
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

}  // namespace headwater::pipeline
