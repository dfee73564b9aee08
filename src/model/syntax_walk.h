#pragma once

#include "model/syntax_tree.h"

namespace headwater {

/// Shows a visitor each field of a node that is a child, a list of children, a name or a list of
/// names, in the order of Python.asdl: `visit(NodeId)`, `visit(NodeList)`, `visit(NameId)` and
/// `visit(NameList)`. Absent children are shown too. Alias, Constant, Compare's operators, the
/// level of ImportFrom and everything else that is neither are left to whoever wants them.
template <typename Visitor>
void visit_fields(const SyntaxTree& tree, NodeId node, Visitor&& visit) {
  using namespace syntax;
  const auto all = [&visit](auto... fields) { (visit(fields), ...); };
  switch (tree.kind(node)) {
    case NodeKind::kModule:
      return all(tree.get<Module>(node).body);
    case NodeKind::kFunctionDef:
    case NodeKind::kAsyncFunctionDef: {
      const auto n = tree.get<FunctionDef>(node);
      return all(n.name, n.args, n.body, n.decorator_list, n.returns, n.type_params);
    }
    case NodeKind::kClassDef: {
      const auto n = tree.get<ClassDef>(node);
      return all(n.name, n.bases, n.keywords, n.body, n.decorator_list, n.type_params);
    }
    case NodeKind::kReturn:
    case NodeKind::kExpr:
    case NodeKind::kUnaryOp:
    case NodeKind::kAwait:
    case NodeKind::kYield:
    case NodeKind::kYieldFrom:
    case NodeKind::kStarred:
    case NodeKind::kMatchValue:
    case NodeKind::kMatchSingleton:
      return all(tree.get<Return>(node).value);
    case NodeKind::kDelete:
    case NodeKind::kBoolOp:
    case NodeKind::kSet:
    case NodeKind::kJoinedStr:
    case NodeKind::kTemplateStr:
    case NodeKind::kList:
    case NodeKind::kTuple:
    case NodeKind::kImport:
    case NodeKind::kMatchSequence:
    case NodeKind::kMatchOr:
      return all(tree.get<Delete>(node).targets);
    case NodeKind::kAssign: {
      const auto n = tree.get<Assign>(node);
      return all(n.targets, n.value);
    }
    case NodeKind::kTypeAlias: {
      const auto n = tree.get<TypeAlias>(node);
      return all(n.name, n.type_params, n.value);
    }
    case NodeKind::kAugAssign:
    case NodeKind::kNamedExpr:
    case NodeKind::kBinOp:
    case NodeKind::kLambda:
    case NodeKind::kSubscript:
    case NodeKind::kRaise:
    case NodeKind::kAssert:
    case NodeKind::kWithItem: {
      const auto n = tree.get<BinOp>(node);
      return all(n.left, n.right);
    }
    case NodeKind::kAnnAssign:
    case NodeKind::kIfExp:
    case NodeKind::kSlice: {
      const auto n = tree.get<Slice>(node);
      return all(n.lower, n.upper, n.step);
    }
    case NodeKind::kFor:
    case NodeKind::kAsyncFor: {
      const auto n = tree.get<For>(node);
      return all(n.target, n.iter, n.body, n.orelse);
    }
    case NodeKind::kWhile:
    case NodeKind::kIf: {
      const auto n = tree.get<If>(node);
      return all(n.test, n.body, n.orelse);
    }
    case NodeKind::kWith:
    case NodeKind::kAsyncWith:
    case NodeKind::kDict: {
      const auto n = tree.get<With>(node);
      return all(n.items, n.body);
    }
    case NodeKind::kMatch: {
      const auto n = tree.get<Match>(node);
      return all(n.subject, n.cases);
    }
    case NodeKind::kTry:
    case NodeKind::kTryStar: {
      const auto n = tree.get<Try>(node);
      return all(n.body, n.handlers, n.orelse, n.finalbody);
    }
    case NodeKind::kImportFrom: {
      const auto n = tree.get<ImportFrom>(node);
      return all(n.module, n.names);
    }
    case NodeKind::kGlobal:
    case NodeKind::kNonlocal:
      return all(tree.get<Global>(node).names);
    case NodeKind::kListComp:
    case NodeKind::kSetComp:
    case NodeKind::kGeneratorExp: {
      const auto n = tree.get<ListComp>(node);
      return all(n.elt, n.generators);
    }
    case NodeKind::kDictComp: {
      const auto n = tree.get<DictComp>(node);
      return all(n.key, n.value, n.generators);
    }
    case NodeKind::kCompare: {
      const auto n = tree.get<Compare>(node);
      return all(n.left, n.comparators);
    }
    case NodeKind::kCall: {
      const auto n = tree.get<Call>(node);
      return all(n.func, n.args, n.keywords);
    }
    case NodeKind::kFormattedValue: {
      const auto n = tree.get<FormattedValue>(node);
      return all(n.value, n.format_spec);
    }
    case NodeKind::kInterpolation: {
      const auto n = tree.get<Interpolation>(node);
      return all(n.value, n.format_spec);
    }
    case NodeKind::kAttribute: {
      const auto n = tree.get<Attribute>(node);
      return all(n.value, n.attr);
    }
    case NodeKind::kName:
    case NodeKind::kMatchStar:
      return all(tree.get<Name>(node).id);
    case NodeKind::kComprehension: {
      const auto n = tree.get<Comprehension>(node);
      return all(n.target, n.iter, n.ifs);
    }
    case NodeKind::kExceptHandler: {
      const auto n = tree.get<ExceptHandler>(node);
      return all(n.type, n.name, n.body);
    }
    case NodeKind::kArguments: {
      const auto n = tree.get<Arguments>(node);
      return all(n.posonlyargs, n.args, n.vararg, n.kwonlyargs, n.kw_defaults, n.kwarg, n.defaults);
    }
    case NodeKind::kArg:
    case NodeKind::kKeyword: {
      const auto n = tree.get<Arg>(node);
      return all(n.arg, n.annotation);
    }
    case NodeKind::kAlias: {
      const auto n = tree.get<Alias>(node);
      return all(n.name, n.asname);
    }
    case NodeKind::kMatchCase: {
      const auto n = tree.get<MatchCase>(node);
      return all(n.pattern, n.guard, n.body);
    }
    case NodeKind::kMatchMapping: {
      const auto n = tree.get<MatchMapping>(node);
      return all(n.keys, n.patterns, n.rest);
    }
    case NodeKind::kMatchClass: {
      const auto n = tree.get<MatchClass>(node);
      return all(n.cls, n.patterns, n.kwd_attrs, n.kwd_patterns);
    }
    case NodeKind::kMatchAs: {
      const auto n = tree.get<MatchAs>(node);
      return all(n.pattern, n.name);
    }
    case NodeKind::kTypeVar:
    case NodeKind::kParamSpec:
    case NodeKind::kTypeVarTuple: {
      const auto n = tree.get<TypeVar>(node);
      return all(n.name, n.bound, n.default_value);
    }
    case NodeKind::kPass:
    case NodeKind::kBreak:
    case NodeKind::kContinue:
    case NodeKind::kConstant:
      return;
  }
}

/// Calls `visit(NodeId)` for each direct child that is there.
template <typename Visitor>
void for_each_child(const SyntaxTree& tree, NodeId node, Visitor&& visit) {
  struct Fields {
    const SyntaxTree& tree;
    Visitor& visit;
    void operator()(NodeId child) const {
      if (child != kNoNode) visit(child);
    }
    void operator()(NodeList children) const {
      for (const NodeId child : tree.list(children)) {
        if (child != kNoNode) visit(child);
      }
    }
    void operator()(NameId) const {}
    void operator()(NameList) const {}
  };
  visit_fields(tree, node, Fields{tree, visit});
}

}  // namespace headwater
