// What may be assigned to or deleted (star_targets, single_target, del_targets of the grammar). The
// expression is read first, so that one rule serves both, and turned into a target here.

#include <fmt/format.h>

#include "scan/python/syntax/syntax_parser.h"

namespace headwater::scan::parsing {

/// What CPython calls an expression in messages (_PyPegen_get_expr_name).
std::string_view Parser::describe(NodeId node) const {
  switch (tree_.kind(node)) {
    case NodeKind::kAttribute:
      return "attribute";
    case NodeKind::kSubscript:
      return "subscript";
    case NodeKind::kStarred:
      return "starred";
    case NodeKind::kName:
      return "name";
    case NodeKind::kList:
      return "list";
    case NodeKind::kTuple:
      return "tuple";
    case NodeKind::kLambda:
      return "lambda";
    case NodeKind::kCall:
      return "function call";
    case NodeKind::kGeneratorExp:
      return "generator expression";
    case NodeKind::kYield:
    case NodeKind::kYieldFrom:
      return "yield expression";
    case NodeKind::kAwait:
      return "await expression";
    case NodeKind::kListComp:
      return "list comprehension";
    case NodeKind::kSetComp:
      return "set comprehension";
    case NodeKind::kDictComp:
      return "dict comprehension";
    case NodeKind::kDict:
      return "dict literal";
    case NodeKind::kSet:
      return "set display";
    case NodeKind::kJoinedStr:
    case NodeKind::kFormattedValue:
      return "f-string expression";
    case NodeKind::kTemplateStr:
    case NodeKind::kInterpolation:
      return "t-string expression";
    case NodeKind::kCompare:
      return "comparison";
    case NodeKind::kIfExp:
      return "conditional expression";
    case NodeKind::kNamedExpr:
      return "named expression";
    case NodeKind::kConstant:
      switch (tree_.constant_kind(node)) {
        case ConstantKind::kNone:
          return "None";
        case ConstantKind::kFalse:
          return "False";
        case ConstantKind::kTrue:
          return "True";
        case ConstantKind::kEllipsis:
          return "ellipsis";
        default:
          return "literal";
      }
    default:
      return "expression";
  }
}

/// Gives an expression the context of a target; an error where it cannot be one.
void Parser::make_target(NodeId node, TargetUse use, bool nested) {
  if (failed_) return;
  const auto context =
      use == TargetUse::kDelete ? ExpressionContext::kDel : ExpressionContext::kStore;
  switch (tree_.kind(node)) {
    case NodeKind::kName:
    case NodeKind::kAttribute:
    case NodeKind::kSubscript:
      break;
    case NodeKind::kStarred:
      if (use == TargetUse::kDelete) return fail_at(node, "cannot delete starred");
      if (use == TargetUse::kSingle || use == TargetUse::kWith) {
        if (!nested) return fail_at(node, "invalid syntax");
      }
      make_target(tree_.get<syntax::Starred>(node).value, use, true);
      if (!failed_ && tree_.kind(tree_.get<syntax::Starred>(node).value) == NodeKind::kStarred) {
        return fail_at(node, "invalid syntax");
      }
      break;
    case NodeKind::kList:
    case NodeKind::kTuple:
      if (use == TargetUse::kSingle) {
        return fail_at(node, fmt::format("'{}' is an illegal expression for augmented assignment",
                                         describe(node)));
      }
      for (const NodeId item : tree_.list(tree_.get<syntax::List>(node).elts)) {
        make_target(item, use, true);
        if (failed_) return;
      }
      break;
    default:
      if (use == TargetUse::kSingle) {
        return fail_at(node, fmt::format("'{}' is an illegal expression for augmented assignment",
                                         describe(node)));
      }
      return fail_at(node,
                     fmt::format("cannot {} {}", use == TargetUse::kDelete ? "delete" : "assign to",
                                 describe(node)));
  }
  tree_.set_detail(node, static_cast<uint8_t>(context));
}

/// The targets of `for`: operators that bind looser than `|` end them, as does `in`.
NodeId Parser::target_list(TargetUse use) {
  const Token start = *token_;
  NodeId target = star_target_item();
  if (at(TokenKind::kComma)) target = tuple_after(start, target, &Parser::star_target_item);
  if (!failed_ && !at(TokenKind::kIn)) {
    fail_here();
    return kNoNode;
  }
  make_target(target, use);
  return target;
}

NodeId Parser::star_target_item() {
  if (!at(TokenKind::kStar)) return binary(5);
  const Token start = *token_++;
  return add(NodeKind::kStarred, start, syntax::Starred{binary(5)});
}

}  // namespace headwater::scan::parsing
