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
  const auto answer = pipeline::answer_neighbourhood(audit, options.subject, options.depth);
  if (!answer) return tl::unexpected(answer.error());
  report::write_neighbourhood(*answer, report_options(options), text);
  return kExitClean;
}

}  // namespace

void add_graph_options(CLI::App& app, RawOptions& raw) {
  app.add_option("MODULE", raw.options.subject, "a module, or a file of the repository")
      ->required()
      ->type_name("");
  app.add_option("--depth", raw.options.depth, "N: so many steps each way; 1, if not given")
      ->check(CLI::Range(1u, 1000u))
      ->type_name("");
  add_path(app, raw);
  add_common_options(app, raw);
  add_answer_options(app, raw);
}

int run_graph(const Options& options) { return ask_graph(options, answer); }

}  // namespace headwater::cli
