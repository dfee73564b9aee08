#pragma once

#include <string_view>
#include <vector>

#include "model/class_outline.h"

namespace headwater::scan {

/// The classes of a module that no function holds, by name; those that are there twice stand twice.
/// Any bytes are data.
std::vector<ClassOutline> class_outlines(std::string_view text);

}  // namespace headwater::scan
