#pragma once

#include <string>

#include "model/finding.h"

namespace headwater::pipeline {

/// `text` with paths as a person in the repository would write them, so that clones report alike.
std::string seen_from(const std::string& root, std::string text);
/// The same for what the report says of environments.
void see_environments_from(const std::string& root, AuditReport& report);

}  // namespace headwater::pipeline
