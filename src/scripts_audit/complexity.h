#pragma once

#include <string_view>

#include "model/script_report.h"

namespace headwater::scripts_audit {

/// Measures Python source through tree-sitter, which reads on behind what it does not understand:
/// of a file that does not compile the figures are as good as that. Thread safe.
///
/// A function within a function counts for the outer one. Not counted, as the paper does not: a
/// comprehension, `with`, `finally`, `try` itself. Recursion counts where a function names itself.
CodeMeasures measure(std::string_view source);

}  // namespace headwater::scripts_audit
