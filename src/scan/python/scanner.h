#pragma once

#include <string_view>

#include "model/file_facts.h"

namespace headwater::scan {

/// The import statements of one Python file, of any depth, with scope and guards. Tolerates any
/// bytes.
FileFacts scan_python(std::string_view text);

}  // namespace headwater::scan
