#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/audited.h"
#include "policy/baseline.h"
#include "policy/verdict.h"

namespace headwater::pipeline {

/// An audit beside what was known before it.
struct Compared {
  std::optional<policy::Baseline> baseline;  // none: there is no file, and none is asked for
  policy::Verdict verdict;
  std::string file{};  // of the baseline, relative to the audited folder
};

/// Reads the repository's baseline and marks in `audit` what it has.
Result<Compared> compare(const FileSystem& files, const AuditOptions& options, Audited& audit);

/// What there is, for later runs to compare with: see parse_record().
struct CommitRecord {
  std::string text;
  Days days;  // on which the same would be recorded
};
/// An error as of audited().
Result<CommitRecord> record_commit(const FileSystem& files, const AuditOptions& options,
                                   Statistics& statistics, Progress& progress);

/// What a command about the baseline has done or found, for people.
struct BaselineAnswer {
  std::vector<std::string> lines;  // one for each of the baseline's and each that it lacks; sorted
  std::string summary;             // one line
  std::vector<Error> unread;
  Days days;
};

/// Writes a baseline that makes the audit clean. An error where there is one already.
Result<BaselineAnswer> create_baseline(const FileSystem& files, const AuditOptions& options,
                                       Statistics& statistics, Progress& progress);
/// Takes out of the baseline what is fixed and adds what is new: the lines of the answer.
Result<BaselineAnswer> update_baseline(const FileSystem& files, const AuditOptions& options,
                                       Statistics& statistics, Progress& progress);
/// What is known, new and fixed, and writes nothing.
Result<BaselineAnswer> show_baseline(const FileSystem& files, const AuditOptions& options,
                                     Statistics& statistics, Progress& progress);

}  // namespace headwater::pipeline
