#pragma once

#include "pipeline/dump.h"

namespace headwater::pipeline {

/// `dump outcomes`: simulates the import of each module asked for in a fresh interpreter and prints
/// one row each, sorted by name. The roots are those of `options`, else those of the repository.
Result<std::vector<Error>> dump_outcomes(const FileSystem& files, const AuditOptions& options,
                                         Statistics& statistics, Progress& progress,
                                         const Sink& sink);

}  // namespace headwater::pipeline
