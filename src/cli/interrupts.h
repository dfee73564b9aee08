#pragma once

namespace headwater::cli {

inline constexpr int kExitInterrupted = 130;

/// From now on SIGINT ends the process at once and quietly with kExitInterrupted, whatever its
/// threads do, and writing to a closed pipe, or a file above the size that is allowed, is an error
/// like others instead of a signal.
void end_quietly_on_interrupt();

/// Until the end of its scope SIGINT waits, so that no half-written file is left behind.
class InterruptsHeld {
 public:
  InterruptsHeld();
  ~InterruptsHeld();
  InterruptsHeld(const InterruptsHeld&) = delete;
  InterruptsHeld& operator=(const InterruptsHeld&) = delete;
};

}  // namespace headwater::cli
