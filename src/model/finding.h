#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "model/deferral.h"

namespace headwater {

/// Design section 3: what kind of failure it is.
enum class FindingClass : uint8_t {
  kFault,
  kEnvironment,
  kCascade,
  kOptional,
  kDeferred,
  kUnknown,
  kPolicy  // of no import: a rule about the sources themselves
};
enum class When : uint8_t { kImport, kCall, kScript, kTyping };
enum class Severity : uint8_t { kError, kWarning, kNote };

/// A line of a file, as findings name it.
struct Place {
  std::string file;
  uint32_t line = 0;  // 0: the whole file
  uint32_t cell = 0;  // of a notebook: see Finding
  friend bool operator==(const Place&, const Place&) = default;
  friend auto operator<=>(const Place& a, const Place& b) {
    return std::tie(a.file, a.cell, a.line) <=> std::tie(b.file, b.cell, b.line);
  }
};

struct Finding {
  std::string_view code;  // HW101, ...; of the table of kinds
  FindingClass finding_class;
  When when;
  Severity severity;
  std::string file;  // relative to the repository, or {env}/..., {stdlib}/...; bytes as on disk
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t cell = 0;               // of a notebook, 1-based among its code cells; 0: no notebook
  std::string module;              // absolute dotted name that was asked for
  std::vector<std::string> names;  // the symbols that are missing, or []
  uint16_t level = 0;
  std::string message;
  std::string suggestion;
  std::string_view confidence;  // "certain" or "guess"
  int cause = -1;               // index into AuditReport::causes
  std::vector<Place> chain;     // of a cascade: the statements from the target down to the cause
  uint64_t fingerprint = 0;
  bool is_known = false;   // by the baseline
  bool fails_run = false;  // by what the run was told to fail on
};

/// Whether findings of the code are about import statements: not about strings and declarations.
inline bool is_about_imports(std::string_view code) {
  return !code.starts_with("HW4") && !code.starts_with("HW5");
}

/// Whether the statement of the finding would raise: of a class that somebody has to repair.
inline bool raises(const Finding& finding) {
  return finding.finding_class == FindingClass::kFault ||
         finding.finding_class == FindingClass::kEnvironment ||
         finding.finding_class == FindingClass::kCascade;
}

/// A root cause: what one repair removes.
struct Cause {
  std::string kind;          // "missing-distribution", "missing-module", "missing-symbol", ...
  std::string subject;       // the distribution, module or module.symbol
  std::string distribution;  // where one would provide it, else empty
  std::string_view code;     // as of findings
  FindingClass finding_class;
  std::string title;                 // what is wrong, as a clause
  std::string_view confidence;       // as of findings
  std::vector<Place> sites;          // the statements that it fails by themselves; sorted, distinct
  std::vector<uint32_t> findings;    // indices into AuditReport::findings: these and their cascades
  std::vector<uint32_t> blocked;     // into AuditReport::failing_modules; ascending
  std::vector<std::string> entries;  // files without a module name that it blocks; sorted
  uint64_t sole = 0;                 // of `blocked`, those that have no other cause
  bool in_repository = false;        // whether one of `sites` is a statement of the repository's
  std::string fix_command;
  std::string fix_text;

  /// Two causes of one subject differ by code; so the three together name a cause, in this run and
  /// in the next.
  std::string id() const { return std::string(code) + ':' + kind + ':' + subject; }

  uint64_t shared() const { return blocked.size() - sole; }
  /// Whether the distribution that `fix_command` names is known by what is imported alone: nothing
  /// declares it.
  bool is_guessed() const { return code == "HW202" && confidence == "guess"; }
  /// What to type, else what to do, for people.
  std::string repair() const {
    if (fix_command.empty()) return fix_text;
    return is_guessed() ? fix_command + "  (a guess)" : fix_command;
  }
};

/// An import of a module that certainly is elsewhere now.
struct MovedImport {
  std::string file;    // relative to the repository
  uint32_t line = 0;   // 1-based
  uint32_t begin = 0;  // the statement, in bytes of the file
  uint32_t end = 0;
  uint64_t content_hash = 0;  // XXH3-64 of the file
  std::string from;           // dotted names
  std::string to;
};

/// One repair of the plan, given those before it.
struct PlannedRepair {
  uint32_t cause;      // into AuditReport::causes
  uint64_t unblocks;   // modules that then import
  uint64_t remaining;  // modules that still fail
};

struct AuditSummary {
  uint64_t files = 0;
  uint64_t unread = 0;
  uint64_t modules = 0;
  uint64_t imports = 0;  // per statement and imported module
  uint64_t failing_imports = 0;
  uint64_t failing_modules = 0;
  uint64_t uncertain_modules = 0;
  uint64_t optional_absent = 0;
  uint64_t not_selected = 0;         // findings that --select and --ignore leave out
  uint64_t third_party_imports = 0;  // statements that ask for an installed or absent distribution
  uint64_t third_party_failing = 0;  // of these, the ones that would raise
};

/// A deferral that has taken findings.
struct ReportedDeferral {
  Deferral deferral;
  uint64_t findings = 0;
};

/// The baseline that the findings were compared with.
struct ReportedBaseline {
  std::string file;                // relative to the repository
  uint64_t lines = 0;              // of findings
  uint64_t known = 0;              // findings that it has
  std::vector<std::string> fixed;  // its lines that are found no more, in their order
};

/// An environment of a project's own, which the files below a folder are judged by.
struct ReportedEnvironment {
  std::string folder;  // relative to the repository
  std::string path;
  std::string python_version;
  std::string platform;
  uint64_t distributions_present = 0;
  uint64_t distributions_damaged = 0;
  uint64_t distributions_modified = 0;
};

/// The audit as reports print it. A function of the inputs: no times, no counters of caches.
struct AuditReport {
  std::string root;
  std::vector<std::string> roots;
  std::string roots_why;
  std::string environment_path;
  std::string environment_why;
  std::string python_version;
  std::string platform;
  std::string environment_verdict;  // "present", "none", "bare", "damaged"
  uint64_t distributions_present = 0;
  uint64_t distributions_absent = 0;  // those that causes name, listed or not
  uint64_t distributions_damaged = 0;
  uint64_t distributions_modified = 0;
  std::vector<ReportedEnvironment> project_environments;  // by folder; not the main one
  AuditSummary summary;
  /// In the order of the plan, then those that block no module; those alone that explain something
  /// that is selected.
  std::vector<Cause> causes;
  std::vector<PlannedRepair> plan;           // empty: also if a cause of it is not listed
  std::vector<std::string> failing_modules;  // sorted
  std::vector<Finding> findings;             // by file, cell, line, column, code
  std::vector<Finding> suppressed;           // by an inline comment: of no cause; sorted likewise
  std::vector<ReportedDeferral> deferrals;   // in the order of the configuration
  std::optional<ReportedBaseline> baseline;  // none: there is none
  std::vector<MovedImport> moved;            // those of `findings`, in their order
  /// Of distributions that modules are undecided for: "numcore 2.6.0 is damaged: 1 of 8 files is
  /// gone".
  std::vector<std::string> in_doubt;
  std::vector<std::string> notes;  // one line each: unread files, things not understood
};

}  // namespace headwater
