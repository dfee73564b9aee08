#pragma once

#include <vector>

#include "model/syntax_tree.h"

namespace headwater::attribute {

/// Appends the nodes right below `node`, in source order where Python evaluates them so.
void append_children(const SyntaxTree& tree, NodeId node, std::vector<NodeId>& children);

/// Whether a function's own body, nested functions left out, has a `yield`.
bool is_generator(const SyntaxTree& tree, NodeId function);

}  // namespace headwater::attribute
