#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "pipeline/audit_options.h"
#include "pipeline/progress.h"
#include "pipeline/statistics.h"

namespace headwater::pipeline {

/// Takes a part of the output; false: no more is wanted.
using Sink = std::function<bool(std::string_view)>;

/// What `dump` can print, each the output of one stage.
std::span<const std::string_view> dump_stages();

/// Runs the pipeline up to `stage`, one of dump_stages(), and prints what the stage knows as JSON
/// lines. The result is what could not be read.
Result<std::vector<Error>> dump(std::string_view stage, const FileSystem& file_system,
                                const AuditOptions& options, Statistics& statistics,
                                Progress& progress, const Sink& sink);

}  // namespace headwater::pipeline
