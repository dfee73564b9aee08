#pragma once

#include <cstdint>
#include <string_view>

#include "model/python_environment.h"

namespace headwater {

/// The number of a built-in exception class, below 1000; negative if there is none of the name.
int64_t exception_number(std::string_view name, PythonVersion version);
/// Empty if there is none of the number.
std::string_view exception_name(int64_t number);
/// Whether the one is the other or derives from it.
bool exception_is_a(int64_t number, int64_t base);

}  // namespace headwater
