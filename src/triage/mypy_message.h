#pragma once

#include "model/tool_report.h"

namespace headwater::triage {

/// What mypy means, by the code and the message of the entry.
void understand_mypy(ToolEntry& entry);

}  // namespace headwater::triage
