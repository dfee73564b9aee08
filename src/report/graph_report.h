#pragma once

#include <string>
#include <vector>

#include "model/graph_answers.h"
#include "report/reporter.h"

namespace headwater::report {

/// What the questions about the import graph answer, for people.
void write_undecided_modules(const std::vector<UndecidedModules>& all, const ReportOptions& options,
                             std::string& out);
void write_why(const WhyAnswer& answer, const ReportOptions& options, std::string& out);
void write_what_if(const WhatIfAnswer& answer, const ReportOptions& options, std::string& out);
void write_cycles(const std::vector<ImportCycle>& cycles, const ReportOptions& options,
                  std::string& out);
void write_neighbourhood(const Neighbourhood& answer, const ReportOptions& options,
                         std::string& out);
void write_unused(const std::vector<std::string>& modules, std::string& out);
/// The repairs of the audit in order, with their commands.
void write_plan(const AuditReport& audit, const ReportOptions& options, std::string& out);

}  // namespace headwater::report
