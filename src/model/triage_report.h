#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"
#include "model/tool_report.h"

namespace headwater {

/// What becomes of what another tool says. The first ones are as of findings.
enum class TriageClass : uint8_t {
  kFault,
  kEnvironment,
  kCascade,
  kOptional,
  kDeferred,
  kWorks,  // the statement is there, and what it imports is there, too
  kStale,  // the line is not there any more, or does not say so
  kUnknown
};
inline constexpr size_t kTriageClasses = 8;

/// Whether somebody has to repair something.
inline bool is_real(TriageClass value) { return value <= TriageClass::kCascade; }

/// Who says it, in which words, how often.
struct ToolWords {
  std::string_view tool;
  std::string rule;
  std::string message;
  uint64_t times = 0;
};

/// One import, whatever number of tools name it.
struct TriagedImport {
  TriageClass triage_class = TriageClass::kUnknown;
  std::string file;    // relative to the repository; where it is not known, as the tool says
  uint32_t line = 0;   // of the statement, or as the tool says; 0: the whole file
  std::string module;  // as headwater reads the statement, or as the tool says
  std::vector<std::string> names;
  int finding = -1;             // into AuditReport::findings
  int cause = -1;               // into AuditReport::causes
  std::string why;              // a clause
  std::vector<ToolWords> said;  // by tool, rule and message

  uint64_t times() const {
    uint64_t count = 0;
    for (const ToolWords& words : said) count += words.times;
    return count;
  }
};

/// What one report came to.
struct TriagedReport {
  std::string name;
  std::string_view tool;
  uint64_t entries = 0;  // about imports
  OtherEntries others;
  uint64_t other_count = 0;
  uint64_t unreadable = 0;
  std::vector<std::string> warnings;  // clauses: why it was not read as a whole
  bool is_of_other_files = false;  // of the imports that it names, none is in a file that is here
};

/// How many imports of each class a cause explains.
struct TriagedCause {
  uint32_t cause;  // into AuditReport::causes
  std::array<uint64_t, kTriageClasses> imports{};
  uint64_t total = 0;
};

/// What other tools say, by headwater's own audit.
struct TriageReport {
  AuditReport audit;
  std::vector<TriagedReport> reports;  // as they were given
  std::vector<TriagedImport> imports;  // by file, line, module, names
  std::vector<TriagedCause> causes;    // the one that explains most first
  std::array<uint64_t, kTriageClasses> by_class{};

  uint64_t entries() const {
    uint64_t count = 0;
    for (const TriagedReport& report : reports) count += report.entries;
    return count;
  }
  /// Imports that fail because something is wrong in the repository elsewhere.
  uint64_t follow_from_faults() const {
    uint64_t count = 0;
    for (const TriagedCause& cause : causes) {
      if (audit.causes[cause.cause].finding_class != FindingClass::kFault) continue;
      count += cause.imports[static_cast<size_t>(TriageClass::kCascade)];
    }
    return count;
  }
  uint64_t others() const {
    uint64_t count = 0;
    for (const TriagedReport& report : reports) count += report.other_count;
    return count;
  }
};

}  // namespace headwater
