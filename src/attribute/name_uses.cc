#include "attribute/name_uses.h"

#include <algorithm>
#include <string>

#include "model/syntax_walk.h"

namespace headwater::attribute {
namespace {

bool is_word(char c) {
  return c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Whether a dotted name is `name` or begins with it.
bool begins_with(std::string_view dotted, std::string_view name) {
  return dotted.starts_with(name) && (dotted.size() == name.size() || dotted[name.size()] == '.');
}

class Walk {
 public:
  Walk(const SyntaxTree& tree, std::span<const std::string_view> names)
      : tree_(tree), names_(names) {}

  NameUses run() {
    visit(tree_.root(), &NameUses::while_loading);
    return uses_;
  }

 private:
  using Where = bool NameUses::*;

  void visit(NodeId node, Where where) {
    switch (tree_.kind(node)) {
      case NodeKind::kFunctionDef:
      case NodeKind::kAsyncFunctionDef: {
        const auto function = tree_.get<syntax::FunctionDef>(node);
        visit_all(function.decorator_list, where);
        visit(function.args, where);
        visit_all(function.type_params, &NameUses::in_annotations);
        visit_if_there(function.returns, &NameUses::in_annotations);
        return visit_all(function.body, &NameUses::in_functions);
      }
      case NodeKind::kLambda: {
        const auto lambda = tree_.get<syntax::Lambda>(node);
        visit(lambda.args, where);
        return visit(lambda.body, &NameUses::in_functions);
      }
      case NodeKind::kArg:
        return visit_if_there(tree_.get<syntax::Arg>(node).annotation, &NameUses::in_annotations);
      case NodeKind::kAnnAssign: {
        const auto assignment = tree_.get<syntax::AnnAssign>(node);
        visit(assignment.annotation, &NameUses::in_annotations);
        return visit_assignment(assignment.target, assignment.value, where);
      }
      case NodeKind::kAugAssign: {
        const auto assignment = tree_.get<syntax::AugAssign>(node);
        note(dotted_name(assignment.target), where);
        return visit_assignment(assignment.target, assignment.value, where);
      }
      case NodeKind::kAssign: {
        const auto assignment = tree_.get<syntax::Assign>(node);
        for (const NodeId target : tree_.list(assignment.targets)) {
          visit_assignment(target, assignment.value, where);
        }
        return;
      }
      case NodeKind::kTypeAlias:
        return visit_if_there(tree_.get<syntax::TypeAlias>(node).value, &NameUses::in_annotations);
      case NodeKind::kIf:
        return visit_if(node, where);
      case NodeKind::kConstant:
        if (where == &NameUses::in_annotations) note_strings(node, where);
        return;
      case NodeKind::kName:
      case NodeKind::kAttribute:
        if (note_name(node, where)) return;
        break;
      default:
        break;
    }
    for_each_child(tree_, node, [&](NodeId child) { visit(child, where); });
  }

  void visit_all(NodeList nodes, Where where) {
    for (const NodeId node : tree_.list(nodes)) visit(node, where);
  }
  void visit_if_there(NodeId node, Where where) {
    if (node != kNoNode) visit(node, where);
  }

  void visit_assignment(NodeId target, NodeId value, Where where) {
    visit(target, where);
    visit_if_there(value, where);
    if (value != kNoNode && tree_.is_name(target, "__all__")) note_strings(value, where);
  }

  void visit_if(NodeId node, Where where) {
    const auto branch = tree_.get<syntax::If>(node);
    visit(branch.test, where);
    visit_all(branch.body, is_for_typing(branch.test) ? &NameUses::in_annotations : where);
    visit_all(branch.orelse, where);
  }

  bool is_for_typing(NodeId test) const {
    constexpr std::string_view kFlag = "TYPE_CHECKING";
    if (tree_.is_name(test, kFlag)) return true;
    return tree_.kind(test) == NodeKind::kAttribute &&
           tree_.name(tree_.get<syntax::Attribute>(test).attr) == kFlag;
  }

  /// A string in an annotation is one that is not evaluated; one in `__all__` is a name.
  void note_strings(NodeId node, Where where) {
    if (!tree_.is_string(node)) {
      return for_each_child(tree_, node, [&](NodeId child) { note_strings(child, where); });
    }
    const std::string_view text = tree_.constant_text(node);
    for (size_t at = 0; at < text.size();) {
      size_t end = at;
      while (end < text.size() && is_word(text[end])) ++end;
      if (end > at) note(text.substr(at, end - at), where);
      at = end + 1;
    }
  }

  /// Whether the node is a dotted name that is read.
  bool note_name(NodeId node, Where where) {
    const bool is_bound =
        tree_.kind(node) == NodeKind::kName && tree_.context(node) == ExpressionContext::kStore;
    const std::string dotted = dotted_name(node);
    if (is_bound || dotted.empty()) return false;
    note(dotted, where);
    return true;
  }

  std::string dotted_name(NodeId node) const {
    if (tree_.kind(node) == NodeKind::kName) {
      return std::string(tree_.name(tree_.get<syntax::Name>(node).id));
    }
    if (tree_.kind(node) != NodeKind::kAttribute) return {};
    const auto attribute = tree_.get<syntax::Attribute>(node);
    std::string dotted = dotted_name(attribute.value);
    if (!dotted.empty()) dotted.append(1, '.').append(tree_.name(attribute.attr));
    return dotted;
  }

  void note(std::string_view read, Where where) {
    if (read.empty()) return;
    uses_.*where |= std::ranges::any_of(names_, [&](std::string_view name) {
      return begins_with(read, name) || begins_with(name, read);
    });
  }

  const SyntaxTree& tree_;
  const std::span<const std::string_view> names_;
  NameUses uses_;
};

}  // namespace

NameUses uses_of(const SyntaxTree& tree, std::span<const std::string_view> names) {
  return Walk(tree, names).run();
}

}  // namespace headwater::attribute
