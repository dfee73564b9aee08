#include "cli/ask_graph.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "report/graph_report.h"

namespace headwater::cli {
namespace {

Result<int> answer(const FileSystem& files, const Options&, pipeline::Attributed& audit,
                   std::string& text) {
  const auto unused = pipeline::answer_unused(files, audit);
  report::write_unused(unused, text);
  return kExitClean;
}

}  // namespace

void add_unused_options(CLI::App& app, RawOptions& raw) {
  add_path(app, raw);
  add_common_options(app, raw);
  add_answer_options(app, raw);
}

int run_unused(const Options& options) { return ask_graph(options, answer); }

}  // namespace headwater::cli
