#pragma once

#include <string>

#include "base/file_system.h"
#include "cli/options.h"
#include "cli/output.h"
#include "pipeline/audit.h"

namespace headwater::cli {

/// Lets the pipeline work on `path` as the command line asks for, with a progress bar if somebody
/// sees it: `work(file_system, audit_options, statistics, progress)`.
template <typename Work>
auto with_progress(const Options& options, const std::string& path,
                   pipeline::Statistics& statistics, Work work) {
  pipeline::AuditOptions audit = options.audit;
  audit.path = path;
  pipeline::Progress progress(shows_progress(options), pipeline::kStageCount);
  return work(real_file_system(), audit, statistics, progress);
}

}  // namespace headwater::cli
