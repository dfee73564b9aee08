#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace headwater::pipeline {

/// A bar on standard error that says which stage runs and how many of its files are done, from half
/// a second on; a run that is shorter prints nothing.
class Progress {
 public:
  /// `shown` false: never prints, starts no thread.
  Progress(bool shown, unsigned stage_count);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// The next stage begins; `name` must outlive the progress. Thread safe.
  void enter(const char* name);
  /// So many of so many files of this stage are done. Thread safe; late calls never turn it back.
  void advance(uint64_t done, uint64_t total);

 private:
  void draw_until_done();

  const unsigned stage_count_;
  std::atomic<unsigned> stage_{0};
  std::atomic<const char*> name_{""};
  std::atomic<uint64_t> done_files_{0};
  std::atomic<uint64_t> total_files_{0};
  std::mutex mutex_;
  std::condition_variable finished_;
  bool done_ = false;
  std::thread thread_;  // last: it uses what is above
};

}  // namespace headwater::pipeline
