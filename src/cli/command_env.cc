#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "pipeline/audit.h"
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
  pipeline::AuditOptions audit_options = options.audit;
  audit_options.path = options.paths.front();
  const auto view = [&] {
    pipeline::Progress progress(shows_progress(options), pipeline::kStageCount);
    return pipeline::view_environment(real_file_system(), audit_options, statistics, progress);
  }();
  if (!view) return exit_code(view.error());
  const report::EnvironmentReport report{view->root, view->environment, view->absent};
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
