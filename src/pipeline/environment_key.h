#pragma once

#include <cstdint>

#include "model/python_environment.h"

namespace headwater::pipeline {

/// A hash of all that an environment says. The same files on the disk do not make it the same: what
/// sources import decides which distributions are looked into, and whether it counts at all.
uint64_t environment_key(const PythonEnvironment& environment);

}  // namespace headwater::pipeline
