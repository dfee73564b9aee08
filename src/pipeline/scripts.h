#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/script_report.h"
#include "pipeline/attributed.h"

namespace headwater::pipeline {

/// The commits that scripts have come by.
struct ScriptCommits {
  std::string head;     // the newest one; empty: there are none
  std::string missing;  // why there are none, for people
  /// All that what they say depends on.
  std::string identity() const { return head + shallow_edge + missing; }
  std::string shallow_edge{};  // of a clone that lacks old commits: those that it begins with
};

/// Of the repository that `folder` is in, up to `revision`.
ScriptCommits script_commits(const std::string& folder, const std::string& revision);

/// Verdicts on the stand-alone scripts of an audit. Takes the findings out of it: see report_of().
/// `folders`: whose files are asked for, relative to the repository; empty: all.
ScriptsReport judge_scripts(const FileSystem& files, Attributed& audit,
                            std::vector<std::string> folders, const ScriptCommits& commits);

}  // namespace headwater::pipeline
