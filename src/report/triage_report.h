#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/triage_report.h"
#include "report/reporter.h"

namespace headwater::report {

/// One row of the table of forms that `headwater triage` prints.
struct TriageReporter {
  std::string_view name;  // as `--output-format` takes it
  void (*write)(const TriageReport& triage, const ReportOptions& options, std::string& out);
};

std::span<const TriageReporter> triage_reporters();

void write_triage_text(const TriageReport& triage, const ReportOptions& options, std::string& out);
void write_triage_json(const TriageReport& triage, const ReportOptions& options, std::string& out);
void write_triage_markdown(const TriageReport& triage, const ReportOptions& options,
                           std::string& out);

std::string_view name_of(TriageClass value);
/// "2 fault + 5 environment", in the order of the classes.
std::string class_sum(const TriageReport& triage);
/// "51 entries = 20 about imports + 31 about no import", and what the first come to.
std::string triage_totals(const TriageReport& triage);
/// Of reports that name no file of the repository; empty where there are none.
std::string of_other_files(const TriageReport& triage);
/// Who says it: "pyright, pytest (3 times)".
std::string said_by(const TriagedImport& import);

}  // namespace headwater::report
