#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/finding.h"

namespace headwater {

/// A statement on the way to a cause.
struct WhyStep {
  Place place;
  std::string statement;  // its text on one line; empty where a package comes before its module
  std::string module;     // the module that it stands in, or the file of an entry
};

struct WhyCause {
  std::string title;
  std::string repair;
  std::string_view code;
  std::vector<WhyStep> chain;  // the last step fails by itself
};

/// A string that names code and fails nothing for certain, or for a cause that is told already.
struct WhyString {
  std::string says;    // who names what, and what becomes of it
  Place place;         // of the string
  std::string target;  // the file that it leads to; empty: none
};

/// What `headwater why` says of one module, statement or string.
struct WhyAnswer {
  std::string subject;  // the module, or file:line
  bool fails = false;
  bool only_strings = false;  // the subject has no import
  bool only_strings_fail = false;
  bool is_unknown = false;
  bool is_deep = false;          // every module was simulated
  std::string unread;            // why the file of the subject was not read; empty: it was
  std::vector<WhyCause> causes;  // the first one is what Python reports
  std::vector<WhyString> strings;
  WhyCause undecided;  // where nothing fails for certain; no chain: no statement is it
  /// Where the subject is that of a cause: the modules that it blocks; sorted.
  std::vector<std::string> blocked;
};

/// Modules of which it is not certain whether they import, for one reason.
struct UndecidedModules {
  WhyCause reason;                   // as WhyAnswer::undecided, of the first module
  std::vector<std::string> modules;  // sorted
};

/// What would change if something were installed, removed or deleted.
struct WhatIfAnswer {
  std::string change;
  uint64_t failing_before = 0;
  uint64_t failing_after = 0;
  std::vector<std::string> freed;   // modules that fail now and would import; sorted
  std::vector<std::string> broken;  // modules that import now and would fail; sorted
};

/// A statement of a cycle that fails for who enters the cycle elsewhere.
struct FatalStatement {
  Place place;
  std::string message;  // from which entry, and what is not there yet
  std::string repair;   // what breaks the cycle; those that one repair mends stand together
};

struct ImportCycle {
  std::vector<std::string> modules;   // all members, sorted
  std::vector<WhyStep> path;          // a shortest cycle among them, a statement per step
  std::vector<FatalStatement> fatal;  // by repair, then place; empty: harmless
};

/// A module with what it imports and what imports it, by distance.
struct Neighbourhood {
  std::string module;
  std::vector<std::vector<std::string>> imports;      // by distance from 1; sorted
  std::vector<std::vector<std::string>> imported_by;  // by distance from 1; sorted
};

}  // namespace headwater
