#pragma once

#include <string>
#include <string_view>
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
/// By file and line.
Result<std::vector<RecordedFinding>> recorded_findings(const std::string& file, int64_t run);

/// The findings of an audit as a history would have them, as text, and the reverse.
std::string findings_text(const AuditReport& report);
Result<std::vector<RecordedFinding>> parse_findings(std::string_view text);

RecordedChanges changes_between(const std::vector<RecordedFinding>& from,
                                const std::vector<RecordedFinding>& to);

}  // namespace headwater::pipeline
