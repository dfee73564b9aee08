#pragma once

#include <functional>
#include <string>

#include "cli/options.h"
#include "pipeline/audit_options.h"
#include "pipeline/change.h"
#include "pipeline/policy.h"
#include "pipeline/progress.h"
#include "pipeline/statistics.h"

namespace headwater::cli {

/// What a command has to say.
struct CommandAnswer {
  std::string out;
  std::string complaints;  // lines of standard error
  int exit_code = 0;
  pipeline::Days days;  // on which the same would be said of the same files
};

/// What makes an answer, from the options and what it asks of the file system alone.
using Answering = std::function<Result<CommandAnswer>(
    const FileSystem& files, const pipeline::AuditOptions& audit, pipeline::Statistics& statistics,
    pipeline::Progress& progress)>;

/// Has a question about the folder options.paths.front() answered, writes the answer and returns
/// the exit code. Where nothing has changed since the question was asked the last time, the answer
/// is that of the last time. `key`: what the answer depends on beside the options and the files.
int answered(const Options& options, const Answering& work, const std::string& key = {});

/// What `work`, which `key` tells from others, says of a commit; remembered.
Result<std::string> answer_of_commit(const Options& options, const std::string& commit,
                                     const std::string& key, const Answering& work,
                                     pipeline::Statistics& statistics);

/// What fails in a commit, and its sources; remembered like an answer.
Result<pipeline::Before> record_of_commit(const Options& options, const std::string& commit,
                                          pipeline::Statistics& statistics);

}  // namespace headwater::cli
