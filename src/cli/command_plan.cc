#include <CLI/CLI.hpp>

#include "cli/ask_graph.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "report/graph_report.h"

namespace headwater::cli {
namespace {

Result<int> answer(const FileSystem&, const Options& options, pipeline::Attributed& audit,
                   std::string& text) {
  const pipeline::Change change{options.install, options.remove, options.deleted};
  if (change.install.empty() && change.remove.empty() && change.deleted.empty()) {
    report::write_plan(pipeline::report_of(audit), report_options(options), text);
    return kExitClean;
  }
  const auto changed = pipeline::answer_what_if(audit, change);
  if (!changed) return tl::unexpected(changed.error());
  report::write_what_if(*changed, report_options(options), text);
  return kExitClean;
}

}  // namespace

void add_plan_options(CLI::App& app, RawOptions& raw) {
  add_path(app, raw);
  add_deep(app, raw);
  add_list(app, "--install", raw.options.install, "X: what if X were installed; repeatable");
  add_list(app, "--remove", raw.options.remove, "X: what if X were removed; repeatable");
  add_list(app, "--delete", raw.options.deleted,
           "PATH: what if that file or folder were deleted; repeatable");
  add_common_options(app, raw);
  add_answer_options(app, raw);
}

int run_plan(const Options& options) { return ask_graph(options, answer); }

}  // namespace headwater::cli
