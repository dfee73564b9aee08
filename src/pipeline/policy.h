#pragma once

#include "findings/find.h"
#include "pipeline/audit_options.h"
#include "project/configuration.h"

namespace headwater::pipeline {

/// What is looked for and what is put off: the command line's choice; without one, the
/// configuration's. An error is a code that there is none of.
Result<findings::FindOptions> find_options(const AuditOptions& options,
                                           const project::Configuration& configuration);

}  // namespace headwater::pipeline
