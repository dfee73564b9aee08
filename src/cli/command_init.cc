#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/with_progress.h"
#include "pipeline/init.h"

namespace headwater::cli {

void add_init_options(CLI::App& app, RawOptions& raw) {
  add_path(app, raw);
  add_common_options(app, raw);
}

int run_init(const Options& options) {
  pipeline::Statistics statistics;
  const auto done = with_progress(options, options.paths.front(), statistics, pipeline::initialize);
  if (!done) return exit_code(done.error());
  return write_output(options, fmt::format("{}{} has this now; nothing changes until a # goes\n",
                                           done->text + "\n", done->file));
}

}  // namespace headwater::cli
