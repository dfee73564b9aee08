#include "base/deep_threads.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <vector>

namespace headwater {
namespace {

/// What is left of a stack at the limit: enough for any leaf, sanitizers included.
constexpr size_t kReserve = 1 << 20;
/// What a caller of `work` and the thread's own start may already have taken.
constexpr size_t kStart = 64 << 10;

struct Job {
  size_t count;
  size_t stack_bytes;
  const std::function<void(size_t, const char*)>& work;
  std::atomic<size_t> next{0};
  std::mutex mutex{};
  std::exception_ptr failure{};
};

void* run(void* argument) {
  Job& job = *static_cast<Job*>(argument);
  const char* const top = static_cast<const char*>(__builtin_frame_address(0));
  const char* const limit = top - (job.stack_bytes - kReserve - kStart);
  try {
    for (size_t i = job.next++; i < job.count; i = job.next++) job.work(i, limit);
  } catch (...) {
    const std::lock_guard lock(job.mutex);
    job.failure = std::current_exception();
    job.next = job.count;
  }
  return nullptr;
}

}  // namespace

void for_each_on_deep_stacks(size_t count, size_t threads, size_t stack_bytes,
                             const std::function<void(size_t, const char*)>& work) {
  Job job{count, stack_bytes, work};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  std::vector<pthread_t> started;
  for (size_t i = 0; i < std::min(threads, count); ++i) {
    pthread_t thread;
    if (pthread_create(&thread, &attributes, run, &job) == 0) started.push_back(thread);
  }
  pthread_attr_destroy(&attributes);
  // Where the system gives no such stack, one of the caller's own must do.
  if (started.empty() && count != 0) {
    job.stack_bytes = kReserve + kStart + (4 << 20);
    run(&job);
  }
  for (const pthread_t thread : started) pthread_join(thread, nullptr);
  if (job.failure) std::rethrow_exception(job.failure);
}

}  // namespace headwater
