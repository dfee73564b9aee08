#pragma once

#include <string>

#include "base/byte_source.h"
#include "model/tool_report.h"

namespace headwater::triage {

/// Reads one report, whichever tool it is of, in pieces: what is held is its entries. An error says
/// that nothing of it can be used; what of a report cannot be read is in its warnings. `name` is
/// that of the report.
Result<ToolReport> read_report(ByteSource& bytes, const std::string& name);

}  // namespace headwater::triage
