#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace headwater {

struct RecordedCause {
  std::string id;       // as Cause::id()
  uint64_t sole = 0;    // modules that it blocks alone
  uint64_t shared = 0;  // modules that it blocks with others
};

struct RecordedFinding {
  uint64_t fingerprint = 0;
  std::string code;
  std::string finding_class;
  std::string file;
  uint32_t line = 0;
  std::string message;
  bool operator==(const RecordedFinding&) const = default;
};

/// A run as the history has it.
struct RecordedRun {
  int64_t id = 0;                   // in the order in which they were recorded, from 1
  int64_t seconds = 0;              // since 1970, in UTC
  std::string commit;               // what was checked out; empty: no repository of git
  std::string branch;               // empty: none
  std::optional<bool> uncommitted;  // whether files differed from the commit; none: not known
  std::string environment;          // its prefix; empty: none
  std::string python_version;
  uint64_t distributions = 0;
  uint64_t modules = 0;
  uint64_t failing_modules = 0;
  std::map<std::string, uint64_t> classes;  // findings of each that there are any of
  std::map<std::string, uint64_t> codes;    // findings of each that there are any of
  std::vector<RecordedCause> causes;        // by id
  // Of the findings that raise, against those of the run before it:
  uint64_t appeared = 0;
  uint64_t went = 0;
};

/// From one run to another; by file and line.
struct RecordedChanges {
  std::vector<RecordedFinding> appeared;
  std::vector<RecordedFinding> went;
};

}  // namespace headwater
