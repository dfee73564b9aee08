#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "model/file_facts.h"
#include "model/syntax_nodes.h"

namespace headwater {

/// A whole module as CPython's `ast` would give it (Python.asdl of 3.14, and `lazy` of 3.15), in
/// one flat array. Nothing in it views the file's bytes. Node kinds and their fields, named and
/// ordered as in Python.asdl, are the structs of `model/syntax_nodes.h`; a node's id stays valid
/// while the tree lives, and `kNoNode` stands for `None`.
///
///   // Prints what a module binds by plain assignment, at any depth of `if`.
///   void print_assigned(const SyntaxTree& tree, NodeList body) {
///     for (const NodeId statement : tree.list(body)) {
///       switch (tree.kind(statement)) {
///         case NodeKind::kAssign: {
///           const auto assign = tree.get<syntax::Assign>(statement);
///           for (const NodeId target : tree.list(assign.targets)) {
///             if (tree.kind(target) == NodeKind::kName) {
///               print(tree.line(target), tree.name(tree.get<syntax::Name>(target).id));
///             }
///           }
///           break;
///         }
///         case NodeKind::kIf: {
///           const auto branch = tree.get<syntax::If>(statement);
///           print_assigned(tree, branch.body);
///           print_assigned(tree, branch.orelse);  // an `elif` is an If of its own, as in ast
///           break;
///         }
///         default: break;
///       }
///     }
///   }
///   print_assigned(tree, tree.get<syntax::Module>(tree.root()).body);
///
/// Reading is thread safe. Nodes nest at most `kMaxDepth` deep, so walking by recursion is safe.
class SyntaxTree {
 public:
  static constexpr uint32_t kMaxDepth = 3000;

  SyntaxTree() { clear(); }

  NodeId root() const { return root_; }
  NodeKind kind(NodeId node) const { return static_cast<NodeKind>(head(node) & 0xFF); }
  /// Byte offset (0-based) of the node's first byte in the text, UTF-8 after any transcoding.
  uint32_t offset(NodeId node) const { return words_[at(node) + 1]; }
  /// The 1-based line of that byte, CPython's `lineno`.
  uint32_t line(NodeId node) const { return words_[at(node) + 2]; }

  /// The fields of a node, which must be of the struct's kind.
  template <typename Fields>
  Fields get(NodeId node) const {
    static_assert(std::is_trivially_copyable_v<Fields> && sizeof(Fields) % 4 == 0);
    Fields fields;
    std::memcpy(static_cast<void*>(&fields), words_.data() + at(node) + kHeader, sizeof(Fields));
    return fields;
  }

  /// Load, Store or Del of Name, Attribute, Subscript, Starred, List and Tuple.
  ExpressionContext context(NodeId node) const { return detail<ExpressionContext>(node); }
  /// Of BinOp and AugAssign.
  BinaryOperator binary_operator(NodeId node) const { return detail<BinaryOperator>(node); }
  UnaryOperator unary_operator(NodeId node) const { return detail<UnaryOperator>(node); }
  BooleanOperator boolean_operator(NodeId node) const { return detail<BooleanOperator>(node); }
  ConstantKind constant_kind(NodeId node) const { return detail<ConstantKind>(node); }
  /// Of FormattedValue and Interpolation: 's', 'r', 'a', or 0 without a conversion.
  char conversion(NodeId node) const { return detail<char>(node); }
  /// Of Import and ImportFrom (PEP 810).
  bool is_lazy(NodeId node) const { return detail<uint8_t>(node) != 0; }
  /// Of a comprehension with `async for`.
  bool is_async(NodeId node) const { return detail<uint8_t>(node) != 0; }
  /// Of AnnAssign: the target is a bare name, not in parentheses (`simple` of ast).
  bool is_simple(NodeId node) const { return detail<uint8_t>(node) != 0; }
  /// Of a string Constant written with the prefix `u` (`kind` of ast).
  bool is_unicode_prefixed(NodeId node) const { return (head(node) >> 16) != 0; }

  ListView<NodeId> list(NodeList items) const { return view<NodeId>(items.at); }
  ListView<NameId> list(NameList items) const { return view<NameId>(items.at); }
  ListView<CompareOperator> list(OperatorList items) const {
    return view<CompareOperator>(items.at);
  }
  std::string_view text(TextRange range) const {
    return std::string_view(text_).substr(range.begin, range.size);
  }
  /// The identifier; empty for `kNoName`.
  std::string_view name(NameId id) const { return id == kNoName ? std::string_view{} : names_[id]; }
  const NameTable& names() const { return names_; }

  // Convenience for the commonest questions.
  bool is_name(NodeId node, std::string_view identifier) const {
    return kind(node) == NodeKind::kName && name(get<syntax::Name>(node).id) == identifier;
  }
  bool is_string(NodeId node) const {
    return kind(node) == NodeKind::kConstant && constant_kind(node) == ConstantKind::kString;
  }
  /// The value of a string or bytes Constant (strings in UTF-8, lone surrogates as if they were
  /// code points), the digits as written of a number.
  std::string_view constant_text(NodeId node) const {
    return text(get<syntax::Constant>(node).text);
  }

  // Building, for the parser only.
  void clear();
  void set_root(NodeId node) { root_ = node; }
  NameTable& mutable_names() { return names_; }
  void reserve(size_t source_bytes);

  template <typename Fields>
  NodeId add(NodeKind kind, uint8_t detail, uint32_t offset, uint32_t line, const Fields& fields) {
    static_assert(std::is_trivially_copyable_v<Fields> && sizeof(Fields) % 4 == 0);
    const size_t begin = words_.size();
    words_.resize(begin + kHeader + sizeof(Fields) / 4);
    words_[begin] = static_cast<uint32_t>(kind) | static_cast<uint32_t>(detail) << 8;
    words_[begin + 1] = offset;
    words_[begin + 2] = line;
    std::memcpy(words_.data() + begin + kHeader, static_cast<const void*>(&fields), sizeof(Fields));
    return NodeId{static_cast<uint32_t>(begin)};
  }
  NodeId add(NodeKind kind, uint8_t detail, uint32_t offset, uint32_t line);
  template <typename Fields>
  void set(NodeId node, const Fields& fields) {
    std::memcpy(words_.data() + at(node) + kHeader, static_cast<const void*>(&fields),
                sizeof(Fields));
  }
  void set_detail(NodeId node, uint8_t detail) {
    words_[at(node)] = (words_[at(node)] & 0xFFFF00FFU) | static_cast<uint32_t>(detail) << 8;
  }
  void set_flag(NodeId node) { words_[at(node)] |= 0x10000U; }
  void set_position(NodeId node, uint32_t offset, uint32_t line) {
    words_[at(node) + 1] = offset;
    words_[at(node) + 2] = line;
  }
  /// Copies `count` words (ids, names or operators) into the tree; 0 items cost nothing.
  uint32_t add_words(const uint32_t* items, size_t count);
  std::string& mutable_text() { return text_; }
  size_t size_bytes() const { return words_.size() * 4 + text_.size(); }

 private:
  static constexpr size_t kHeader = 3;
  // Zeros before the first node: the empty list, and fields for whoever reads those of `kNoNode`.
  static constexpr size_t kPadding = 16;
  static size_t at(NodeId node) { return static_cast<size_t>(node); }
  uint32_t head(NodeId node) const { return words_[at(node)]; }
  template <typename T>
  T detail(NodeId node) const {
    return static_cast<T>(static_cast<uint8_t>(head(node) >> 8));
  }
  template <typename T>
  ListView<T> view(uint32_t list_at) const {
    return {words_.data() + list_at + 1, words_[list_at]};
  }

  std::vector<uint32_t> words_;
  std::string text_;
  NameTable names_;
  NodeId root_ = kNoNode;
};

}  // namespace headwater
