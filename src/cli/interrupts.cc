#include "cli/interrupts.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

namespace headwater::cli {
namespace {

// A signal handler can be told nothing but through what outlives every scope.
constexpr int kFree = 0;
constexpr int kHeld = 1;
constexpr int kWaiting = 2;
std::atomic<int> interrupt_state{kFree};
static_assert(std::atomic<int>::is_always_lock_free);

[[noreturn]] void end() {
  // A progress bar may stand on the line; nothing that allocates or locks may be called here.
  if (isatty(STDERR_FILENO) != 0) {
    [[maybe_unused]] const ssize_t ignored = write(STDERR_FILENO, "\r\x1b[K", 4);
  }
  _exit(kExitInterrupted);
}

void on_interrupt(int) {
  int held = kHeld;
  if (interrupt_state.compare_exchange_strong(held, kWaiting) || held == kWaiting) return;
  end();
}

}  // namespace

void end_quietly_on_interrupt() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

InterruptsHeld::InterruptsHeld() { interrupt_state = kHeld; }

InterruptsHeld::~InterruptsHeld() {
  if (interrupt_state.exchange(kFree) == kWaiting) end();
}

}  // namespace headwater::cli
