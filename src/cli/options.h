#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pipeline/audit_options.h"

namespace headwater::cli {

struct Command;

enum class ColorChoice : uint8_t { kAuto, kAlways, kNever };
enum class Verbosity : uint8_t { kQuiet, kNormal, kVerbose };

/// The command line, read once. Nothing after this sees `argv`.
struct Options {
  const Command* command = nullptr;  // none: `text` is to be printed
  std::string text;                  // of --help and --version
  std::string stage;                 // dump: one of pipeline::dump_stages()
  std::string task;                  // baseline: create, update or show
  std::vector<std::string> paths;    // never empty
  std::string arguments;             // those that the answer depends on, for a shell
  std::string audit_arguments;       // those of them that other commands take as well
  std::string command_line;          // what the answer may depend on, with a NUL after each word
  pipeline::AuditOptions audit;
  std::optional<std::string> changed;  // check: since this revision; "": since the default branch
  std::string good;                    // bisect: a revision without the finding
  bool affected = false;               // check: print what the change can reach
  std::string at;                      // check: a revision of git; empty: what is on the disk
  bool use_cache = true;
  std::string cache_folder;  // empty: the user's

  std::string output_format = "text";
  std::string output_file;  // empty: standard output
  ColorChoice color = ColorChoice::kAuto;
  Verbosity verbosity = Verbosity::kNormal;
  uint32_t width = 0;  // 0: the terminal's, or 80

  bool record = false;             // check: in the history
  std::string history_file;        // empty: the user's, of the repository
  std::string since;               // history: a run or a date; empty: one screen
  std::vector<std::string> sides;  // diff: runs of the history, or revisions

  bool exit_zero = false;
  bool strict = false;
  bool statistics = false;
  bool show_cascade = false;
  bool fix = false;   // check: rewrite what has moved, then audit
  bool diff = false;  // check: print what --fix would change, and nothing else
  /// why: a module, a file or FILE:LINE; graph: a module; completions: a shell; cache: what to do.
  std::string subject;
  uint32_t depth = 1;                   // graph: steps each way
  std::vector<uint32_t> bench_threads;  // bench: one condition each
  uint32_t runs = 5;                    // bench: of each condition
  bool plan = false;                    // scripts: print commands alone
  bool json = false;                    // bench
  std::string compare;                  // bench: a file of earlier results; empty: none
  std::vector<std::string> install;     // plan: distributions
  std::vector<std::string> remove;      // plan: distributions
  std::vector<std::string> deleted;     // plan: files and folders of the repository
  std::vector<std::string> reports;     // triage: files, "-", and the repository's folder
  bool as_baseline = false;             // triage: print what is real as a baseline
};

/// kUsage for a command line that cannot be meant; Error::path is the argument.
Result<Options> parse_options(int argc, const char* const* argv);

}  // namespace headwater::cli
