// Any bytes: the parser ends, and the tree of what it takes can be walked.

#include <cstdint>
#include <string_view>

#include "model/syntax_walk.h"
#include "scan/python/syntax/parser.h"

namespace {

size_t count(const headwater::SyntaxTree& tree, headwater::NodeId node) {
  size_t nodes = 1;
  headwater::for_each_child(tree, node,
                            [&](headwater::NodeId child) { nodes += count(tree, child); });
  return nodes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const headwater::scan::ParsedModule parsed = headwater::scan::parse_module(bytes);
  if (parsed.verdict.errors.empty() && !parsed.too_deep) {
    if (count(parsed.tree, parsed.tree.root()) == 0) __builtin_trap();
  }
  return 0;
}
