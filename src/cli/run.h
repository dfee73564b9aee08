#pragma once

#include "cli/options.h"

namespace headwater::cli {

inline constexpr int kExitClean = 0;
inline constexpr int kExitFindings = 1;
inline constexpr int kExitUsage = 2;  // usage, configuration, I/O
inline constexpr int kExitInternalError = 101;
inline constexpr int kExitClosedPipe = 141;

/// Does what the options ask for and returns the exit code.
int run(const Options& options);

}  // namespace headwater::cli
