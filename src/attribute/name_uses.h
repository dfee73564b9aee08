#pragma once

#include <span>
#include <string_view>

#include "model/syntax_tree.h"

namespace headwater::attribute {

/// Where a module reads names, as its text has it.
struct NameUses {
  bool while_loading = false;  // by code that runs with the module, or may; `__all__` too
  bool in_annotations = false;
  bool in_functions = false;
};

/// Whatever reads one of `names`; `a.b` is read by `a.b.c` and by a bare `a`. A name that a
/// function or comprehension binds for itself counts too: that is more than there is, never less.
NameUses uses_of(const SyntaxTree& tree, std::span<const std::string_view> names);

}  // namespace headwater::attribute
