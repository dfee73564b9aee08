#pragma once

#include "findings/find.h"
#include "pipeline/audit_options.h"
#include "project/configuration.h"

namespace headwater::pipeline {

/// What is looked for and what is put off: the command line's choice; without one, the
/// configuration's. An error is a code that there is none of.
Result<findings::FindOptions> find_options(const AuditOptions& options,
                                           const project::Configuration& configuration);

/// By which deferrals expire, as 2027-01-31: what the options say, or the day it is, in UTC, so
/// that a day is the same on all machines.
std::string day_of(const AuditOptions& options);

/// The days on which the same is said of the same files; both empty: all.
struct Days {
  std::string first;
  std::string last;
};
Days days_alike(const findings::FindOptions& find);

}  // namespace headwater::pipeline
