#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headwater::environment {

/// The dotted names that an `import` line of a `.pth` file, which Python runs at start-up, imports
/// by a statement, by `__import__()` or `import_module()`, in its code or in a literal with code.
/// What stands behind a question for variables of the environment (`if os.getenv("X"):`) is for the
/// runs of tools that set them.
std::vector<std::string> start_up_imports(std::string_view line);

}  // namespace headwater::environment
