#pragma once

#include <vector>

#include "base/file_system.h"
#include "model/finding.h"
#include "pipeline/audit_options.h"
#include "pipeline/policy.h"
#include "pipeline/progress.h"
#include "pipeline/statistics.h"

namespace headwater::pipeline {

/// Of a whole audit, for the progress bar.
inline constexpr unsigned kStageCount = 6;

struct AuditRun {
  AuditReport report;
  std::vector<Error> unread;  // files and folders, by path
  Days days;                  // on which the same would be said of the same files
  bool fails = false;         // for what no baseline knows
};

/// The audit, from the configuration to the verdict. An error is one of usage or configuration, or
/// that the repository cannot be read at all; what cannot be read inside of it is in `unread`.
Result<AuditRun> audit(const FileSystem& file_system, const AuditOptions& options,
                       Statistics& statistics, Progress& progress);

}  // namespace headwater::pipeline
