#pragma once

#include <string_view>

#include "model/syntax_tree.h"
#include "model/syntax_verdict.h"

namespace headwater::scan {

struct ParsedModule {
  SyntaxTree tree;  // whole if `verdict.errors` is empty, or holds errors of the symbol table only
  SyntaxVerdict verdict;
  /// Nests deeper than `SyntaxTree::kMaxDepth`, where CPython may give up too: nothing is known.
  bool too_deep = false;
};

/// Reads one file as the newest CPython does (PEP 263 encodings included). Any bytes are safe.
ParsedModule parse_module(std::string_view bytes);
/// The same for text that is decoded already.
ParsedModule parse_decoded(std::string_view text);

}  // namespace headwater::scan
