#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/with_progress.h"
#include "pipeline/environment_view.h"
#include "report/environment_report.h"

namespace headwater::cli {

void add_env_options(CLI::App& app, RawOptions& raw) {
  add_path(app, raw);
  add_choice(app, raw, "--output-format", raw.options.output_format, {"text", "json"});
  add_common_options(app, raw);
}

int run_env(const Options& options) {
  pipeline::Statistics statistics;
  const auto view =
      with_progress(options, options.paths.front(), statistics, pipeline::view_environment);
  if (!view) return exit_code(view.error());
  const report::EnvironmentReport report{view->root, view->environment, view->project_environments,
                                         view->absent, view->python_path};
  std::string text;
  if (options.output_format == "json") {
    write_environment_json(report, text);
  } else {
    write_environment_text(report, report_options(options), text);
  }
  if (options.statistics) std::fputs(statistics.lines().c_str(), stderr);
  return write_output(options, text);
}

}  // namespace headwater::cli
