#pragma once

#include <string>

#include "model/python_environment.h"

namespace headwater::report {

/// The environment as one JSON object on one line, keys and sets sorted, without a final newline.
/// Paths are absolute, as on this machine: it is what `dump environment` prints.
void append_environment_json(std::string& out, const PythonEnvironment& environment);

}  // namespace headwater::report
