#pragma once

#include <cstdint>

namespace headwater::pipeline {

/// What facts depend on beside a file: the sources of the scanner, and whether the system can read
/// more than a few encodings.
uint64_t scanner_identity();
/// The same for a whole answer.
uint64_t program_identity();

}  // namespace headwater::pipeline
