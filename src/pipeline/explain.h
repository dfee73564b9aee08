#pragma once

#include <string>

#include "base/result.h"

namespace headwater::pipeline {

/// What `headwater explain` prints: of one code, or a line of each where `code` is empty.
Result<std::string> explain(const std::string& asked);

}  // namespace headwater::pipeline
