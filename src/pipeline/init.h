#pragma once

#include <string>

#include "base/file_system.h"
#include "pipeline/audit_options.h"
#include "pipeline/progress.h"
#include "pipeline/statistics.h"

namespace headwater::pipeline {

/// Where `headwater init` has put the configuration, and what it has written there.
struct Initialized {
  std::string file;  // relative to the repository
  std::string text;
};

/// Writes a configuration to start from: every key, with what the audit finds without it, as a
/// comment, so that nothing changes until somebody takes a `#` away. At the end of pyproject.toml
/// where there is one, else headwater.toml. kUsage if the repository is configured already.
Result<Initialized> initialize(const FileSystem& files, const AuditOptions& options,
                               Statistics& statistics, Progress& progress);

}  // namespace headwater::pipeline
