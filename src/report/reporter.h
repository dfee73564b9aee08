#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/finding.h"

namespace headwater::report {

enum class Detail : uint8_t { kSummary, kNormal, kEverything };  // -q, neither, -v

struct ReportOptions {
  Detail detail = Detail::kNormal;
  uint32_t width = 80;  // columns
  bool color = false;
  bool show_cascade = false;      // the modules that each cause blocks
  bool is_deep = false;           // every module was simulated
  std::string arguments{};        // what `headwater check` was given, for the commands to copy
  std::string audit_arguments{};  // of that, what other commands take
};

/// One row of the table of output formats.
struct Reporter {
  std::string_view name;  // as `--output-format` takes it
  /// Appends to `out`. A function of the report and the options alone.
  void (*write)(const AuditReport& audit, const ReportOptions& options, std::string& out);
};

std::span<const Reporter> reporters();

void write_text(const AuditReport& audit, const ReportOptions& options, std::string& out);
void write_concise(const AuditReport& audit, const ReportOptions& options, std::string& out);
/// The same of one finding.
void write_concise_line(const Finding& finding, std::string& out);
void write_json(const AuditReport& audit, const ReportOptions& options, std::string& out);
void write_json_lines(const AuditReport& audit, const ReportOptions& options, std::string& out);
void write_github(const AuditReport& audit, const ReportOptions& options, std::string& out);
void write_markdown(const AuditReport& audit, const ReportOptions& options, std::string& out);

}  // namespace headwater::report
