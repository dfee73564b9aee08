#include "model/syntax_tree.h"

namespace headwater {

void SyntaxTree::clear() {
  words_.assign(kPadding, 0);
  text_.clear();
  names_.clear();
  root_ = kNoNode;
}

void SyntaxTree::reserve(size_t source_bytes) {
  // Measured on the standard library: about 1.1 words per byte of source is the upper end.
  words_.reserve(source_bytes);
}

NodeId SyntaxTree::add(NodeKind kind, uint8_t detail, uint32_t offset, uint32_t line) {
  const size_t begin = words_.size();
  words_.insert(words_.end(),
                {static_cast<uint32_t>(kind) | static_cast<uint32_t>(detail) << 8, offset, line});
  return NodeId{static_cast<uint32_t>(begin)};
}

uint32_t SyntaxTree::add_words(const uint32_t* items, size_t count) {
  if (count == 0) return 0;
  const size_t begin = words_.size();
  words_.push_back(static_cast<uint32_t>(count));
  words_.insert(words_.end(), items, items + count);
  return static_cast<uint32_t>(begin);
}

}  // namespace headwater
