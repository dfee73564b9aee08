#include <algorithm>

#include "model/syntax_walk.h"
#include "scan/python/path_edit_walker.h"

namespace headwater::scan {

using Kind = PathValue::Kind;

std::string PathEditWalker::variable_of(NodeId node) const {
  if (tree_.kind(node) != NodeKind::kName) return {};
  return std::string(tree_.name(tree_.get<syntax::Name>(node).id));
}

void PathEditWalker::loop_over(NodeId node) {
  const auto loop = tree_.get<syntax::For>(node);
  look_inside(loop.iter);
  const PathValue over = evaluator_.evaluate(loop.iter);
  const std::string variable = variable_of(loop.target);
  if (!variable.empty() && over.kind == Kind::kParents &&
      upward_loop(variable, over, loop.body, {})) {
    return conditionally(loop.orelse);
  }
  if (!variable.empty() && over.kind == Kind::kList && !leaves_loop(loop.body)) {
    for (const PathValue& item : over.items) {
      if (evaluator_.is_exhausted()) return;
      evaluator_.bind(variable, item);
      body(loop.body);
    }
    return body(loop.orelse);
  }
  forget_bound(node);
  conditionally(loop.body);
  forget_bound(node);
  conditionally(loop.orelse);
}

/// `while not (p / "x").exists(): p = p.parent`, or with the test and a `break` inside.
void PathEditWalker::loop_while(NodeId node) {
  const auto loop = tree_.get<syntax::While>(node);
  look_inside(loop.test);
  const std::string variable = stepping_variable(loop.body);
  std::vector<std::string> markers;
  if (!variable.empty() && stops_at(loop.test, variable, markers)) {
    PathValue start = made_absolute(evaluator_.variables[variable]);
    start.kind = start.kind == Kind::kPlace ? Kind::kParents : Kind::kUnknown;
    if (upward_loop(variable, std::move(start), loop.body, std::move(markers))) {
      return conditionally(loop.orelse);
    }
  }
  forget_bound(node);
  conditionally(loop.body);
  forget_bound(node);
  conditionally(loop.orelse);
}

/// Which variable a statement of the loop sets to the folder above its own.
std::string PathEditWalker::stepping_variable(NodeList statements) {
  for (const NodeId node : tree_.list(statements)) {
    if (tree_.kind(node) != NodeKind::kAssign) continue;
    const auto assigned = tree_.get<syntax::Assign>(node);
    const std::string variable = variable_of(tree_.list(assigned.targets)[0]);
    if (!variable.empty() && evaluator_.steps_up(assigned.value, variable)) return variable;
  }
  return {};
}

/// Whether all is known that ends a loop, besides the top of the disk; gathers what is looked for.
bool PathEditWalker::stops_at(NodeId test, const std::string& variable,
                              std::vector<std::string>& markers) {
  if (tree_.kind(test) == NodeKind::kConstant || tree_.kind(test) == NodeKind::kCompare) {
    return true;
  }
  if (tree_.kind(test) == NodeKind::kBoolOp &&
      tree_.boolean_operator(test) == BooleanOperator::kAnd) {
    const auto values = tree_.list(tree_.get<syntax::BoolOp>(test).values);
    return std::all_of(values.begin(), values.end(),
                       [&](NodeId value) { return stops_at(value, variable, markers); });
  }
  if (tree_.kind(test) != NodeKind::kUnaryOp || tree_.unary_operator(test) != UnaryOperator::kNot) {
    return false;
  }
  const auto some = evaluator_.markers(tree_.get<syntax::UnaryOp>(test).operand, variable);
  markers.insert(markers.end(), some.begin(), some.end());
  return !some.empty();
}

bool PathEditWalker::upward_loop(const std::string& variable, PathValue start, NodeList statements,
                                 std::vector<std::string> markers) {
  std::vector<NodeId> hits;
  for (const NodeId node : tree_.list(statements)) {
    if (tree_.kind(node) != NodeKind::kIf) continue;
    const auto test = tree_.get<syntax::If>(node);
    const auto some = evaluator_.markers(test.test, variable);
    if (some.empty() || !leaves_loop(test.body) || !test.orelse.empty()) continue;
    markers.insert(markers.end(), some.begin(), some.end());
    hits.push_back(node);
  }
  const PathValue found = nearest(start, markers);
  if (found.kind == Kind::kUnknown) return false;
  for (const NodeId node : tree_.list(statements)) forget_bound(node);
  evaluator_.forget(variable);
  const bool before = std::exchange(is_conditional_, true);
  for (const NodeId node : tree_.list(statements)) {
    if (std::find(hits.begin(), hits.end(), node) == hits.end()) statement(node);
  }
  // With several ways out, it is not known which one is taken.
  is_conditional_ = before || hits.size() > 1;
  for (const NodeId node : hits) {
    evaluator_.bind(variable, found);
    body(tree_.get<syntax::If>(node).body);
    if (hits.size() > 1) forget_bound(node);
  }
  is_conditional_ = before;
  evaluator_.bind(variable, found);
  return true;
}

bool PathEditWalker::leaves_loop(NodeList statements) const {
  const auto all = tree_.list(statements);
  return std::any_of(all.begin(), all.end(), [&](NodeId node) {
    if (tree_.kind(node) == NodeKind::kIf) {
      const auto both = tree_.get<syntax::If>(node);
      return leaves_loop(both.body) || leaves_loop(both.orelse);
    }
    return tree_.kind(node) == NodeKind::kBreak || tree_.kind(node) == NodeKind::kReturn ||
           tree_.kind(node) == NodeKind::kContinue;
  });
}

void PathEditWalker::forget_bound(NodeId node) {
  evaluator_.count(1);
  if (tree_.kind(node) == NodeKind::kName && tree_.context(node) != ExpressionContext::kLoad) {
    evaluator_.forget(variable_of(node));
  }
  // `paths[0] = x` changes what `paths` holds.
  if (tree_.kind(node) == NodeKind::kSubscript && tree_.context(node) != ExpressionContext::kLoad) {
    const std::string changed = variable_of(tree_.get<syntax::Subscript>(node).value);
    if (!changed.empty()) evaluator_.forget(changed);
  }
  for_each_child(tree_, node, [&](NodeId child) { forget_bound(child); });
}

void PathEditWalker::find_globals(NodeId node) {
  if (tree_.kind(node) == NodeKind::kGlobal) {
    for (const NameId name : tree_.list(tree_.get<syntax::Global>(node).names)) {
      globals_.emplace_back(tree_.name(name));
    }
  }
  for_each_child(tree_, node, [&](NodeId child) { find_globals(child); });
}

}  // namespace headwater::scan
