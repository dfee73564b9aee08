#include "cli/commands.h"

namespace headwater::cli {
namespace {

constexpr Command kCommands[] = {
    {"check", "audit a repository", add_check_options, run_check},
    {"baseline", "create, update or show what is known and fails no check", add_baseline_options,
     run_baseline},
    {"watch", "audit, and again whenever something changes", add_watch_options, run_watch},
    {"history", "the runs that check --record has left, and what each changed", add_history_options,
     run_history},
    {"diff", "findings that appeared and went between two runs or commits", add_diff_options,
     run_diff},
    {"why", "the way from a module or statement to each of its causes", add_why_options, run_why},
    {"plan", "repairs in order, and what if", add_plan_options, run_plan},
    {"cycles", "imports that lead back to their module", add_cycles_options, run_cycles},
    {"graph", "what a module imports, and what imports it", add_graph_options, run_graph},
    {"unused", "modules that nothing names", add_unused_options, run_unused},
    {"triage", "which of the errors that other tools report are real", add_triage_options,
     run_triage},
    {"scripts", "which stand-alone scripts live, and which can go", add_scripts_options,
     run_scripts},
    {"bisect", "the commit that has a finding first", add_bisect_options, run_bisect},
    {"dump", "print what one stage knows, as JSON lines", add_dump_options, run_dump},
    {"env", "print the environment as it is seen, and why", add_env_options, run_env},
    {"bench", "how fast an audit of this tree is", add_bench_options, run_bench},
    {"cache", "what earlier runs have left: see it, verify it, remove it",
     add_cache_command_options, run_cache},
    {"init", "write a configuration to start from", add_init_options, run_init},
    {"explain", "what a code means, with an example", add_explain_options, run_explain},
    {"completions", "print a script that completes headwater's words in a shell",
     add_completions_options, run_completions},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace headwater::cli
