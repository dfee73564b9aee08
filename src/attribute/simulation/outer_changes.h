#pragma once

#include <vector>

#include "model/syntax_tree.h"

namespace headwater::attribute {

/// What a function, with those inside it, may do to names from around it once it runs; each name
/// once.
template <typename Name>
struct OuterChanges {
  /// Where they stand for a list, a set or a dict, its items change: `name.append(...)`,
  /// `name[...] = ...`, `del name[...]`, `name += ...`.
  std::vector<Name> containers;
  std::vector<Name> globals;  // declared `global`
  /// Whether it may set names of modules: by globals(), frames, sys.modules, or on what is not its
  /// own object.
  bool reaches_modules = false;
};

OuterChanges<NameId> outer_changes(const SyntaxTree& tree, NodeId function);

}  // namespace headwater::attribute
