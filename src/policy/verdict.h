#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "model/finding.h"
#include "policy/baseline.h"

namespace headwater::policy {

/// Whether the finding makes a run fail that no baseline excuses.
bool fails(const Finding& finding, bool fault_only);

enum class EntryState : uint8_t {
  kKnown,      // a finding is as it says
  kUndecided,  // so it is, but whether it fails is not known
  kNotJudged,  // this run does not look for it
  kFixed
};

struct Verdict {
  std::vector<uint32_t> failing;       // into AuditReport::findings: they fail the run; ascending
  std::vector<uint32_t> known;         // likewise: the baseline has them; ascending
  std::vector<EntryState> states;      // by entry of the baseline
  std::vector<BaselineEntry> missing;  // what the baseline lacks, for it to know `failing`
};

struct Rules {
  bool fault_only = false;
  /// Whether what the entry says would have been found.
  std::function<bool(const BaselineEntry&)> judges;
};

/// Which findings are known, and which entries are of no use any more.
///
/// - Equal ones are counted: of three equal findings and two such entries, the first two are known.
///   One of them that is fixed makes none of the others new.
/// - A finding is known if all names that it lacks are.
/// - HW101 and HW102 say the same of a statement, and so do HW201 and HW202: which of them depends
///   on other files.
/// - A cascade is known by its target. What it comes from has findings and entries of its own, so
///   it may be another cause than before; but where that lies outside the repository, in installed
///   code, the entry names the cause: a broken environment does not hide what fails in the mended
///   one.
/// - What is suppressed or deferred has no entry.
Verdict judge(const AuditReport& report, const Baseline& baseline, const Rules& rules);

/// The baseline by which the same audit is clean, without what is fixed. What stays is as it was.
Baseline updated(const Baseline& baseline, const Verdict& verdict);

}  // namespace headwater::policy
