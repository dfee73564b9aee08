#pragma once

#include <optional>
#include <string>

#include "model/finding.h"
#include "report/reporter.h"

namespace headwater::report {

/// The report without the findings that the baseline has, and without the causes that only they
/// have; nothing where it has none. The plan is left out with them: it is one of all failures.
std::optional<AuditReport> without_known(const AuditReport& audit);

/// "12 findings are known (headwater-baseline.txt)"; empty: none is.
std::string known_line(const AuditReport& audit);
/// "3 of headwater-baseline.txt are fixed: headwater baseline update"; empty: none is. `arguments`:
/// of the check.
std::string fixed_line(const AuditReport& audit, const std::string& arguments);

}  // namespace headwater::report
