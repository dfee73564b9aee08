#include "cli/commands.h"

namespace headwater::cli {
namespace {

constexpr Command kCommands[] = {
    {"check", "audit a repository", add_check_options, run_check},
    {"dump", "print what one stage knows, as JSON lines", add_dump_options, run_dump},
    {"env", "print the environment as it is seen, and why", add_env_options, run_env},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace headwater::cli
