#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "attribute/simulation/objects.h"

namespace headwater::attribute {

/// An import that runs while its module does: not in a function.
struct ImportStatement {
  NodeId node = kNoNode;
  uint32_t line = 0;                 // where it begins
  std::vector<std::string> targets;  // dotted: what it asks for, each name of a `from` too
};

/// In source order.
std::vector<ImportStatement> import_statements(const Code& code);

/// The names that an import statement binds; `*` for a star.
std::vector<std::string_view> bound_names(const SyntaxTree& tree, NodeId statement);
/// The same as code reads them: all of `a.b` for `import a.b`.
std::vector<std::string_view> read_names(const SyntaxTree& tree, NodeId statement);

}  // namespace headwater::attribute
