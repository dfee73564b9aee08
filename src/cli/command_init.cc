#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/file_system.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "pipeline/audit.h"
#include "pipeline/init.h"

namespace headwater::cli {

void add_init_options(CLI::App& app, RawOptions& raw) {
  add_path(app, raw);
  add_common_options(app, raw);
}

int run_init(const Options& options) {
  pipeline::Statistics statistics;
  pipeline::AuditOptions audit_options = options.audit;
  audit_options.path = options.paths.front();
  const auto done = [&] {
    pipeline::Progress progress(shows_progress(options), pipeline::kStageCount);
    return pipeline::initialize(real_file_system(), audit_options, statistics, progress);
  }();
  if (!done) return exit_code(done.error());
  return write_output(options, fmt::format("{}{} has this now; nothing changes until a # goes\n",
                                           done->text + "\n", done->file));
}

}  // namespace headwater::cli
