#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/tool_report.h"
#include "model/triage_report.h"
#include "pipeline/audit_options.h"
#include "pipeline/policy.h"
#include "pipeline/progress.h"
#include "pipeline/statistics.h"

namespace headwater::pipeline {

/// Reports of other tools, each a file or "-". An error: one of them cannot be used.
Result<std::vector<ToolReport>> read_tool_reports(const std::vector<std::string>& paths);

struct TriageRun {
  TriageReport report;
  std::vector<Error> unread;  // files and folders, by path
  Days days;                  // on which the same would be said of the same files
  bool fault_only = false;    // whether only faults count as real
};

/// What is to be thought of the reports, by an audit of the repository.
Result<TriageRun> triage(const FileSystem& files, const AuditOptions& options,
                         const std::vector<ToolReport>& reports, Statistics& statistics,
                         Progress& progress);

/// What is real of it as a baseline: the lines that let exactly these findings pass.
std::string triage_baseline(const TriageReport& report, bool fault_only, bool is_deep);

}  // namespace headwater::pipeline
