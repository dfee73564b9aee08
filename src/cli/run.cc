#include "cli/run.h"

#include "cli/commands.h"
#include "cli/output.h"

namespace headwater::cli {

int run(const Options& options) {
  if (options.command == nullptr) return exit_code(write_standard_output(options.text));
  return options.command->run(options);
}

}  // namespace headwater::cli
