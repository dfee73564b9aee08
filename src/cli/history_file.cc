#include "cli/history_file.h"

#include <charconv>

#include "base/variables.h"
#include "cli/raw_options.h"
#include "pipeline/history.h"

namespace headwater::cli {

std::string history_file(const Options& options) {
  if (!options.history_file.empty()) return options.history_file;
  const std::string base = user_folder("XDG_STATE_HOME", ".local/state");
  return base.empty() ? base : base + "/headwater/" + pipeline::history_name(options.paths.front());
}

Result<std::string> known_history_file(const Options& options) {
  std::string file = history_file(options);
  if (!file.empty()) return file;
  return usage("history", "no home folder to have it in; name a file by --history");
}

std::optional<int64_t> run_number(std::string_view text) {
  int64_t number = 0;
  const auto [rest, error] = std::from_chars(text.begin(), text.end(), number);
  if (error != std::errc() || rest != text.end() || number <= 0) return std::nullopt;
  return number;
}

}  // namespace headwater::cli
