#include "cli/ask_graph.h"

#include <cstdio>

#include "base/file_system.h"
#include "cli/output.h"
#include "cli/run.h"
#include "pipeline/audit.h"

namespace headwater::cli {

int ask_graph(const Options& options,
              Result<int> (*answer)(const Options& options, pipeline::Attributed& audit,
                                    std::string& text)) {
  pipeline::Statistics statistics;
  pipeline::AuditOptions audit_options = options.audit;
  audit_options.path = options.paths.front();
  const auto audit = [&] {
    pipeline::Progress progress(shows_progress(options), pipeline::kStageCount);
    return pipeline::run_attributed(real_file_system(), audit_options, statistics, progress);
  }();
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
