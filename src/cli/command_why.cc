#include <CLI/CLI.hpp>

#include "cli/ask_graph.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "report/graph_report.h"

namespace headwater::cli {
namespace {

Result<int> answer(const FileSystem& files, const Options& options, pipeline::Attributed& audit,
                   std::string& text) {
  if (options.subject.empty()) {
    report::write_undecided_modules(pipeline::undecided_modules(files, audit),
                                    report_options(options), text);
    return kExitClean;
  }
  auto answer = pipeline::answer_why(files, audit, options.subject);
  if (!answer) return tl::unexpected(answer.error());
  answer->is_deep = options.audit.deep;
  report::write_why(*answer, report_options(options), text);
  return answer->fails ? kExitFindings : kExitClean;
}

}  // namespace

void add_why_options(CLI::App& app, RawOptions& raw) {
  app.add_option("SUBJECT", raw.options.subject,
                 "MODULE, FILE or FILE:LINE; none: the modules that are undecided")
      ->type_name("");
  add_path(app, raw);
  add_list(app, "--select", raw.options.audit.select,
           "HW42: also of texts that are paths, which are guesses");
  app.get_option("--select")->delimiter(',');
  add_deep(app, raw);
  add_common_options(app, raw);
  add_answer_options(app, raw);
}

int run_why(const Options& options) { return ask_graph(options, answer); }

}  // namespace headwater::cli
