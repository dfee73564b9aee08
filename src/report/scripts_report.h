#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/script_report.h"
#include "report/reporter.h"

namespace headwater::report {

/// One row of the table of output formats of `headwater scripts`.
struct ScriptsReporter {
  std::string_view name;
  void (*write)(const ScriptsReport& report, const ReportOptions& options, std::string& out);
};

std::span<const ScriptsReporter> scripts_reporters();

/// The commands that do what the verdicts say, a line each, to be read and run by a person.
void write_scripts_plan(const ScriptsReport& report, std::string& out);

void write_scripts_json(const ScriptsReport& report, const ReportOptions& options,
                        std::string& out);
void write_scripts_markdown(const ScriptsReport& report, const ReportOptions& options,
                            std::string& out);

}  // namespace headwater::report
