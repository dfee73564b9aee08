#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/file_system.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "cli/with_progress.h"
#include "pipeline/audit.h"
#include "pipeline/dump.h"
#include "pipeline/progress.h"
#include "pipeline/statistics.h"

namespace headwater::cli {
namespace {

int dump_one(const Options& options, const std::string& path, pipeline::Statistics& statistics,
             std::string& kept) {
  int written = kExitClean;
  const auto sink = [&](std::string_view text) {
    if (options.output_file.empty()) {
      written = exit_code(write_standard_output(text));
    } else {
      kept += text;
    }
    return written == kExitClean;
  };
  const auto unread = with_progress(
      options, path, statistics, [&](const auto& files, const auto& audit, auto&... to) {
        return pipeline::dump(options.stage, files, audit, to..., sink);
      });
  if (!unread) return exit_code(unread.error());
  std::fputs(complaints_of(options, *unread).c_str(), stderr);
  if (written != kExitClean) return written;
  return options.strict && !unread->empty() ? kExitUsage : kExitClean;
}

}  // namespace

void add_dump_options(CLI::App& app, RawOptions& raw) {
  const auto stages = pipeline::dump_stages();
  add_choice(app, raw, "STAGE", raw.options.stage, {stages.begin(), stages.end()});
  app.get_option("STAGE")->required();
  raw.choices.back().option = "dump";
  app.add_option("PATH", raw.options.paths,
                 "folders; this folder, if none is given (outcomes: MODULE...)")
      ->type_name("");
  app.add_flag("--all", raw.options.audit.all_modules, "outcomes: every module below the roots");
  app.add_option("--modules", raw.options.audit.modules_file,
                 "FILE: outcomes: the modules it names, one a line")
      ->type_name("");
  add_common_options(app, raw);
}

int run_dump(const Options& options) {
  pipeline::Statistics statistics;
  std::string kept;  // for --output-file, which is replaced as a whole
  int code = kExitClean;
  for (const std::string& path : options.paths) {
    code = std::max(code, dump_one(options, path, statistics, kept));
    if (code == kExitClosedPipe) return code;
  }
  if (!options.output_file.empty() && code == kExitClean) code = write_output(options, kept);
  if (options.statistics) std::fputs(statistics.lines().c_str(), stderr);
  return code;
}

}  // namespace headwater::cli
