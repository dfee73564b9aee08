#include "attribute/simulation/node_children.h"

namespace headwater::attribute {
namespace {

class Collector {
 public:
  Collector(const SyntaxTree& tree, std::vector<NodeId>& out) : tree_(tree), out_(out) {}

  void add(NodeId node) {
    if (node != kNoNode) out_.push_back(node);
  }
  void add(NodeList nodes) {
    for (const NodeId node : tree_.list(nodes)) add(node);
  }
  template <typename... Parts>
  void all(Parts... parts) {
    (add(parts), ...);
  }

 private:
  const SyntaxTree& tree_;
  std::vector<NodeId>& out_;
};

void append_of_statement(const SyntaxTree& tree, NodeId node, Collector& to) {
  using namespace syntax;
  switch (tree.kind(node)) {
    case NodeKind::kModule:
      return to.add(tree.get<Module>(node).body);
    case NodeKind::kFunctionDef:
    case NodeKind::kAsyncFunctionDef: {
      const auto f = tree.get<FunctionDef>(node);
      return to.all(f.decorator_list, f.args, f.returns, f.body);
    }
    case NodeKind::kClassDef: {
      const auto f = tree.get<ClassDef>(node);
      return to.all(f.decorator_list, f.bases, f.keywords, f.body);
    }
    case NodeKind::kReturn:
      return to.add(tree.get<Return>(node).value);
    case NodeKind::kDelete:
      return to.add(tree.get<Delete>(node).targets);
    case NodeKind::kAssign: {
      const auto f = tree.get<Assign>(node);
      return to.all(f.value, f.targets);
    }
    case NodeKind::kAugAssign: {
      const auto f = tree.get<AugAssign>(node);
      return to.all(f.target, f.value);
    }
    case NodeKind::kAnnAssign: {
      const auto f = tree.get<AnnAssign>(node);
      return to.all(f.value, f.target, f.annotation);
    }
    case NodeKind::kFor:
    case NodeKind::kAsyncFor: {
      const auto f = tree.get<For>(node);
      return to.all(f.iter, f.target, f.body, f.orelse);
    }
    case NodeKind::kWhile: {
      const auto f = tree.get<While>(node);
      return to.all(f.test, f.body, f.orelse);
    }
    case NodeKind::kIf: {
      const auto f = tree.get<If>(node);
      return to.all(f.test, f.body, f.orelse);
    }
    case NodeKind::kWith:
    case NodeKind::kAsyncWith: {
      const auto f = tree.get<With>(node);
      return to.all(f.items, f.body);
    }
    case NodeKind::kMatch: {
      const auto f = tree.get<Match>(node);
      return to.all(f.subject, f.cases);
    }
    case NodeKind::kRaise: {
      const auto f = tree.get<Raise>(node);
      return to.all(f.exc, f.cause);
    }
    case NodeKind::kTry:
    case NodeKind::kTryStar: {
      const auto f = tree.get<Try>(node);
      return to.all(f.body, f.handlers, f.orelse, f.finalbody);
    }
    case NodeKind::kAssert: {
      const auto f = tree.get<Assert>(node);
      return to.all(f.test, f.msg);
    }
    case NodeKind::kExpr:
      return to.add(tree.get<Expr>(node).value);
    default:
      return;
  }
}

void append_of_part(const SyntaxTree& tree, NodeId node, Collector& to) {
  using namespace syntax;
  switch (tree.kind(node)) {
    case NodeKind::kComprehension: {
      const auto f = tree.get<Comprehension>(node);
      return to.all(f.iter, f.target, f.ifs);
    }
    case NodeKind::kExceptHandler: {
      const auto f = tree.get<ExceptHandler>(node);
      return to.all(f.type, f.body);
    }
    case NodeKind::kArguments: {
      const auto f = tree.get<Arguments>(node);
      return to.all(f.posonlyargs, f.args, f.vararg, f.kwonlyargs, f.kw_defaults, f.kwarg,
                    f.defaults);
    }
    case NodeKind::kArg:
      return to.add(tree.get<Arg>(node).annotation);
    case NodeKind::kKeyword:
      return to.add(tree.get<Keyword>(node).value);
    case NodeKind::kWithItem: {
      const auto f = tree.get<WithItem>(node);
      return to.all(f.context_expr, f.optional_vars);
    }
    case NodeKind::kMatchCase: {
      const auto f = tree.get<MatchCase>(node);
      return to.all(f.pattern, f.guard, f.body);
    }
    case NodeKind::kMatchValue:
    case NodeKind::kMatchSingleton:
      return to.add(tree.get<MatchValue>(node).value);
    case NodeKind::kMatchSequence:
    case NodeKind::kMatchOr:
      return to.add(tree.get<MatchSequence>(node).patterns);
    case NodeKind::kMatchMapping: {
      const auto f = tree.get<MatchMapping>(node);
      return to.all(f.keys, f.patterns);
    }
    case NodeKind::kMatchClass: {
      const auto f = tree.get<MatchClass>(node);
      return to.all(f.cls, f.patterns, f.kwd_patterns);
    }
    case NodeKind::kMatchAs:
      return to.add(tree.get<MatchAs>(node).pattern);
    default:
      return append_of_statement(tree, node, to);
  }
}

}  // namespace

void append_children(const SyntaxTree& tree, NodeId node, std::vector<NodeId>& children) {
  using namespace syntax;
  Collector to(tree, children);
  switch (tree.kind(node)) {
    case NodeKind::kBoolOp:
      return to.add(tree.get<BoolOp>(node).values);
    case NodeKind::kNamedExpr: {
      const auto f = tree.get<NamedExpr>(node);
      return to.all(f.value, f.target);
    }
    case NodeKind::kBinOp: {
      const auto f = tree.get<BinOp>(node);
      return to.all(f.left, f.right);
    }
    case NodeKind::kUnaryOp:
      return to.add(tree.get<UnaryOp>(node).operand);
    case NodeKind::kLambda: {
      const auto f = tree.get<Lambda>(node);
      return to.all(f.args, f.body);
    }
    case NodeKind::kIfExp: {
      const auto f = tree.get<IfExp>(node);
      return to.all(f.test, f.body, f.orelse);
    }
    case NodeKind::kDict: {
      const auto f = tree.get<Dict>(node);
      return to.all(f.keys, f.values);
    }
    case NodeKind::kSet:
    case NodeKind::kList:
    case NodeKind::kTuple:
      return to.add(tree.get<List>(node).elts);
    case NodeKind::kListComp:
    case NodeKind::kSetComp:
    case NodeKind::kGeneratorExp: {
      const auto f = tree.get<ListComp>(node);
      return to.all(f.generators, f.elt);
    }
    case NodeKind::kDictComp: {
      const auto f = tree.get<DictComp>(node);
      return to.all(f.generators, f.key, f.value);
    }
    case NodeKind::kAwait:
    case NodeKind::kYield:
    case NodeKind::kYieldFrom:
      return to.add(tree.get<Await>(node).value);
    case NodeKind::kCompare: {
      const auto f = tree.get<Compare>(node);
      return to.all(f.left, f.comparators);
    }
    case NodeKind::kCall: {
      const auto f = tree.get<Call>(node);
      return to.all(f.func, f.args, f.keywords);
    }
    case NodeKind::kFormattedValue: {
      const auto f = tree.get<FormattedValue>(node);
      return to.all(f.value, f.format_spec);
    }
    case NodeKind::kInterpolation: {
      const auto f = tree.get<Interpolation>(node);
      return to.all(f.value, f.format_spec);
    }
    case NodeKind::kJoinedStr:
    case NodeKind::kTemplateStr:
      return to.add(tree.get<JoinedStr>(node).values);
    case NodeKind::kAttribute:
      return to.add(tree.get<Attribute>(node).value);
    case NodeKind::kSubscript: {
      const auto f = tree.get<Subscript>(node);
      return to.all(f.value, f.slice);
    }
    case NodeKind::kStarred:
      return to.add(tree.get<Starred>(node).value);
    case NodeKind::kSlice: {
      const auto f = tree.get<Slice>(node);
      return to.all(f.lower, f.upper, f.step);
    }
    default:
      return append_of_part(tree, node, to);
  }
}

bool is_generator(const SyntaxTree& tree, NodeId function) {
  std::vector<NodeId> open;
  if (tree.kind(function) == NodeKind::kLambda) {
    open.push_back(tree.get<syntax::Lambda>(function).body);
  } else {
    for (const NodeId node : tree.list(tree.get<syntax::FunctionDef>(function).body)) {
      open.push_back(node);
    }
  }
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    switch (tree.kind(node)) {
      case NodeKind::kYield:
      case NodeKind::kYieldFrom:
        return true;
      case NodeKind::kFunctionDef:
      case NodeKind::kAsyncFunctionDef:
      case NodeKind::kLambda:
      case NodeKind::kClassDef:
        break;
      default:
        append_children(tree, node, open);
    }
  }
  return false;
}

}  // namespace headwater::attribute
