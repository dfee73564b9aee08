#pragma once

#include <string>

#include "findings/world.h"
#include "model/finding.h"

namespace headwater::findings {

/// The command that repairs what a finding of `code` about `distribution` says, by what the
/// repository installs with; empty where a person has to decide.
std::string repair_command(const World& world, std::string_view code,
                           const std::string& distribution, const std::string& declared_in);

}  // namespace headwater::findings
