#pragma once

#include <span>
#include <string_view>

#include "cli/options.h"

namespace CLI {
class App;
}

namespace headwater::cli {

struct RawOptions;

/// One row of the table of commands.
struct Command {
  std::string_view name;
  std::string_view help;  // one line of `headwater --help`
  /// Declares the arguments and options that the command takes.
  void (*add_options)(CLI::App& app, RawOptions& raw);
  /// Does what the options ask for and returns the exit code.
  int (*run)(const Options& options);
};

/// All commands, in the order in which `headwater --help` lists them.
std::span<const Command> commands();

// One file each, `cli/command_NAME.cc`.
void add_check_options(CLI::App& app, RawOptions& raw);
int run_check(const Options& options);
void add_baseline_options(CLI::App& app, RawOptions& raw);
int run_baseline(const Options& options);
void add_bisect_options(CLI::App& app, RawOptions& raw);
int run_bisect(const Options& options);
void add_dump_options(CLI::App& app, RawOptions& raw);
int run_dump(const Options& options);
void add_env_options(CLI::App& app, RawOptions& raw);
int run_env(const Options& options);
void add_watch_options(CLI::App& app, RawOptions& raw);
int run_watch(const Options& options);
void add_history_options(CLI::App& app, RawOptions& raw);
int run_history(const Options& options);
void add_diff_options(CLI::App& app, RawOptions& raw);
int run_diff(const Options& options);
void add_why_options(CLI::App& app, RawOptions& raw);
int run_why(const Options& options);
void add_plan_options(CLI::App& app, RawOptions& raw);
int run_plan(const Options& options);
void add_cycles_options(CLI::App& app, RawOptions& raw);
int run_cycles(const Options& options);
void add_graph_options(CLI::App& app, RawOptions& raw);
int run_graph(const Options& options);
void add_unused_options(CLI::App& app, RawOptions& raw);
int run_unused(const Options& options);
void add_triage_options(CLI::App& app, RawOptions& raw);
int run_triage(const Options& options);
void add_scripts_options(CLI::App& app, RawOptions& raw);
int run_scripts(const Options& options);
void add_bench_options(CLI::App& app, RawOptions& raw);
int run_bench(const Options& options);
void add_cache_command_options(CLI::App& app, RawOptions& raw);
int run_cache(const Options& options);
void add_init_options(CLI::App& app, RawOptions& raw);
int run_init(const Options& options);
void add_explain_options(CLI::App& app, RawOptions& raw);
int run_explain(const Options& options);
void add_completions_options(CLI::App& app, RawOptions& raw);
int run_completions(const Options& options);

}  // namespace headwater::cli
