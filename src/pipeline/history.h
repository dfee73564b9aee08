#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/finding.h"
#include "model/run_history.h"

namespace headwater::pipeline {

/// The name of the file that the history of `folder` is kept in where nobody names one.
std::string history_name(const std::string& folder);

/// Adds a run, with the commit that `revision` names, if the folder is in a repository of git.
Result<RecordedRun> record_run(const std::string& file, const AuditReport& report,
                               const std::string& revision);

/// On which it was recorded, in UTC, as 2027-01-31.
std::string day_of(const RecordedRun& run);

/// Oldest first. An error where there is no history, here and below.
Result<std::vector<RecordedRun>> recorded_runs(const std::string& file);
Result<RecordedChanges> recorded_changes(const std::string& file, int64_t from, int64_t to);

}  // namespace headwater::pipeline
