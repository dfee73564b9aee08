#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "findings/selection.h"
#include "model/finding.h"
#include "pipeline/audit_options.h"
#include "pipeline/change.h"
#include "pipeline/policy.h"
#include "pipeline/progress.h"
#include "pipeline/statistics.h"
#include "project/configuration.h"

namespace headwater::pipeline {

/// An audit that no baseline has been asked about.
struct Audited {
  AuditReport report;
  std::vector<Error> unread;  // files and folders, by path
  Days days;                  // on which the same would be said of the same files
  std::string root;           // absolute
  project::Configuration configuration;
  findings::Selection selection;
  std::vector<SourceRecord> sources;  // where AuditOptions::records_sources asks for them
};

/// From the configuration to the report. An error is one of usage or configuration, or that the
/// repository cannot be read at all; what cannot be read inside of it is in `unread`.
Result<Audited> audited(const FileSystem& files, const AuditOptions& options,
                        Statistics& statistics, Progress& progress);

/// Where there is no Python file: else a mistyped folder would look clean.
Error nothing_to_audit(const std::string& path);

}  // namespace headwater::pipeline
