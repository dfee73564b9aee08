#include <algorithm>

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
  const auto cycles = pipeline::answer_cycles(files, audit);
  report::write_cycles(cycles, report_options(options), text);
  const bool any_fatal =
      std::ranges::any_of(cycles, [](const ImportCycle& cycle) { return !cycle.fatal.empty(); });
  return any_fatal ? kExitFindings : kExitClean;
}

}  // namespace

void add_cycles_options(CLI::App& app, RawOptions& raw) {
  add_path(app, raw);
  add_common_options(app, raw);
  add_answer_options(app, raw);
  add_deep(app, raw);
}

int run_cycles(const Options& options) { return ask_graph(options, answer); }

}  // namespace headwater::cli
