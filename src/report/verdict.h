#pragma once

#include <string>

#include "model/finding.h"

namespace headwater::report {

/// Where every module imports that is decided, and something fails later all the same: how many
/// imports do so when. Empty otherwise.
std::string harmless_verdict(const AuditReport& audit);

/// What is true of the audit as a whole, and which repair comes first; empty where the causes say
/// it.
std::string headline(const AuditReport& audit);

}  // namespace headwater::report
