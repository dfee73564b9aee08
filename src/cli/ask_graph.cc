#include "cli/ask_graph.h"

#include "cli/answered.h"
#include "cli/output.h"
#include "cli/run.h"

namespace headwater::cli {

int ask_graph(const Options& options,
              Result<int> (*answer)(const FileSystem& files, const Options& options,
                                    pipeline::Attributed& audit, std::string& text)) {
  return answered(
      options,
      [&](const FileSystem& files, const pipeline::AuditOptions& asked,
          pipeline::Statistics& statistics, pipeline::Progress& progress) -> Result<CommandAnswer> {
        const auto audit = pipeline::run_attributed(files, asked, statistics, progress);
        if (!audit) return tl::unexpected(audit.error());
        const std::vector<Error> unread = (*audit)->made.unread();
        CommandAnswer made;
        made.complaints = complaints_of(options, unread);
        const Result<int> code = answer(files, options, **audit, made.out);
        if (!code) return tl::unexpected(code.error());
        made.exit_code = options.strict && !unread.empty() ? kExitUsage : *code;
        made.days = (*audit)->days;
        return made;
      });
}

}  // namespace headwater::cli
