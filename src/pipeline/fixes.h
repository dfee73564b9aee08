#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/finding.h"

namespace headwater::pipeline {

struct Fixes {
  size_t statements = 0;
  size_t files = 0;
  std::string diff;               // unified
  std::vector<std::string> left;  // a line for each finding that cannot be fixed, with why
};

/// What rewriting the imports of `report` that have moved would change.
Fixes show_fixes(const FileSystem& files, const AuditReport& report);

/// Rewrites them. Each file is replaced as a whole; what was written before an error stays so.
Result<Fixes> apply_fixes(const FileSystem& files, const AuditReport& report);

}  // namespace headwater::pipeline
