#include "cli/standard_streams.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>

#include "report/printable.h"

namespace headwater::cli {

WriteOutcome write_standard_output(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(STDOUT_FILENO, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      return WriteOutcome::kClosedPipe;
    } else if (errno != EINTR) {
      return WriteOutcome::kFailed;
    }
  }
  return WriteOutcome::kWritten;
}

std::string complaint(std::string_view line) {
  return "headwater: " + report::printable(line) + '\n';
}

std::string complaint(const Error& error) {
  // A path can be far longer than a line: both ends tell which it is.
  constexpr size_t kLongest = 240;
  constexpr size_t kEnd = 100;
  const std::string& path = error.path;
  const std::string shown = path.size() <= kLongest
                                ? path
                                : path.substr(0, kEnd) + "..." + path.substr(path.size() - kEnd);
  return complaint(shown + ": " + error.detail);
}

void complain(std::string_view line) { std::fputs(complaint(line).c_str(), stderr); }
void complain(const Error& error) { std::fputs(complaint(error).c_str(), stderr); }

bool standard_output_is_terminal() { return isatty(STDOUT_FILENO) != 0; }
bool standard_error_is_terminal() { return isatty(STDERR_FILENO) != 0; }

uint32_t terminal_width() {
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0;
  return known ? size.ws_col : 80;
}

}  // namespace headwater::cli
