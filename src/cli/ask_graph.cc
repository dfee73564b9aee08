#include "cli/ask_graph.h"

#include <cstdio>

#include "cli/output.h"
#include "cli/run.h"
#include "cli/with_progress.h"

namespace headwater::cli {

int ask_graph(const Options& options,
              Result<int> (*answer)(const Options& options, pipeline::Attributed& audit,
                                    std::string& text)) {
  pipeline::Statistics statistics;
  const auto audit =
      with_progress(options, options.paths.front(), statistics, pipeline::run_attributed);
  if (!audit) return exit_code(audit.error());
  complain_of_each(options, (*audit)->made.unread());
  std::string text;
  const Result<int> code = answer(options, **audit, text);
  if (!code) return exit_code(code.error());
  if (options.statistics) std::fputs(statistics.lines().c_str(), stderr);
  const int written = write_output(options, text);
  if (written != kExitClean) return written;
  return options.strict && !(*audit)->made.unread().empty() ? kExitUsage : *code;
}

}  // namespace headwater::cli
