#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/options.h"
#include "cli/standard_streams.h"
#include "report/reporter.h"

namespace headwater::cli {

/// Says the error and returns kExitUsage.
int exit_code(const Error& error);
/// kExitClean where all of it was written; says so where it could not be.
int exit_code(WriteOutcome outcome);

/// To `--output-file`, or else to standard output; returns the exit code.
int write_output(const Options& options, std::string_view text);

/// A line for each, or for the first few without `-v`.
std::string complaints_of(const Options& options, std::span<const Error> errors);

report::ReportOptions report_options(const Options& options);

bool shows_progress(const Options& options);

}  // namespace headwater::cli
