#pragma once

#include <string>
#include <vector>

#include "report/reporter.h"

namespace headwater::report {

/// What an audit has that one before it had not (`+`), and the other way round (`-`), a line each
/// in the order of the findings, by fingerprint: what has only moved to another line is the same.
void write_changes(const std::vector<Finding>& before, const AuditReport& now, std::string& out);

}  // namespace headwater::report
