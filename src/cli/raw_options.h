#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/options.h"

namespace CLI {
class App;
}

namespace headwater::cli {

inline constexpr uint32_t kMostThreads = 1024;
/// No argument of a command line has a NUL.
inline const std::string kNotGiven{"\0", 1};

/// What the parser of the command line fills for one command: strings as they were typed where
/// their meaning is checked afterwards. It is pointed into, so it stays where it is.
struct RawOptions {
  RawOptions() = default;
  RawOptions(const RawOptions&) = delete;
  RawOptions& operator=(const RawOptions&) = delete;

  Options options;
  std::string color = "auto";
  std::string fail_on;
  std::string python_version;
  std::vector<std::string> changed{kNotGiven};
  std::string max_file_size;
  bool no_cache = false;
  bool ignore_no_files = false;
  bool quiet = false;
  bool verbose = false;
  /// Of options whose value is one of a list: `--option`, what was given and what there is:
  /// see add_choice().
  struct Choice {
    std::string_view option;
    const std::string* given;
    std::vector<std::string_view> known;
  };
  std::vector<Choice> choices;
  bool one_path = false;  // the command takes one PATH at most
};

/// A list option takes one value each time, so that a PATH may follow it.
void add_list(CLI::App& app, const char* name, std::vector<std::string>& values, const char* help);

/// An option that takes one of `known`; "" is not checked.
void add_choice(CLI::App& app, RawOptions& raw, const char* name, std::string& value,
                std::vector<std::string_view> known);

/// `[PATH]`, the one folder that the command works on.
void add_path(CLI::App& app, RawOptions& raw);

/// `--deep`, of the commands that say what fails and why.
void add_deep(CLI::App& app, RawOptions& raw);

/// Which findings there are, and which of them count.
void add_choosing_options(CLI::App& app, RawOptions& raw);

/// What is audited, against what, and how it is printed.
void add_audit_options(CLI::App& app, RawOptions& raw);

/// The options of every command that audits once: the former, and `--threads`.
void add_common_options(CLI::App& app, RawOptions& raw);

/// `--no-cache` and `--cache-dir`, of the commands that remember.
void add_memory_options(CLI::App& app, RawOptions& raw);
/// The same and `--at`, of the commands whose answers are remembered.
void add_answer_options(CLI::App& app, RawOptions& raw);

/// `--cache-dir`: part of them.
void add_cache_folder(CLI::App& app, RawOptions& raw);

/// `--history`, of the commands that write or read it.
void add_history_file(CLI::App& app, RawOptions& raw);

/// `--output-file`, `--color`, `--width`, `-q`, `-v`: part of the common ones.
void add_output_options(CLI::App& app, RawOptions& raw);

/// One parser below `app` for each of commands(), in their order; each fills its own of `raw`,
/// which must outlive `app`.
std::vector<CLI::App*> add_commands(CLI::App& app, std::deque<RawOptions>& raw);

/// From what was typed to what is meant; takes the options out of `raw`.
Result<Options> lowered(RawOptions& raw);

tl::unexpected<Error> usage(std::string subject, std::string detail);

/// "did you mean X?", or what there is.
std::string suggestion(std::string_view given, std::span<const std::string_view> known);

}  // namespace headwater::cli
