#pragma once

#include <tbb/global_control.h>

#include <cstdint>
#include <optional>

namespace headwater::pipeline {

/// While it lives, at most so many threads compute; 0: as many as the machine has.
class ThreadLimit {
 public:
  explicit ThreadLimit(uint32_t threads) {
    if (threads != 0) control_.emplace(tbb::global_control::max_allowed_parallelism, threads);
  }

 private:
  std::optional<tbb::global_control> control_;
};

}  // namespace headwater::pipeline
