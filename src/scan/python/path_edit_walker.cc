#include "scan/python/path_edit_walker.h"

#include <algorithm>

#include "base/text.h"
#include "model/syntax_walk.h"

namespace headwater::scan {

using Kind = PathValue::Kind;

bool names_search_path(std::string_view text, bool has_site) {
  const auto has = [text](std::string_view word) { return find_text(text, word) != text.npos; };
  return has("sys.path") || (has_site && has("site.addsitedir"));
}

void PathEditWalker::run() {
  const NodeList statements = tree_.get<syntax::Module>(tree_.root()).body;
  for (const NodeId node : tree_.list(statements)) find_globals(node);
  body(statements);
  is_conditional_ = true;
  is_in_function_ = true;
  for (size_t i = 0; i < functions_.size(); ++i) {
    if (may_edit(i)) function_body(functions_[i]);
  }
  if (!evaluator_.is_exhausted()) return;
  facts_.path_edits.clear();
  is_conditional_ = false;
  unread(1);
}

/// A function ends before the next one begins; those in loops may be listed out of order.
bool PathEditWalker::may_edit(size_t function) const {
  if (text_.empty()) return true;
  const size_t begin = tree_.offset(functions_[function]);
  const size_t next = function + 1 < functions_.size() ? tree_.offset(functions_[function + 1]) : 0;
  return names_search_path(text_.substr(begin, next > begin ? next - begin : text_.npos), true);
}

void PathEditWalker::body(NodeList statements) {
  for (const NodeId node : tree_.list(statements)) {
    if (evaluator_.is_exhausted()) return;
    evaluator_.count(1);
    statement(node);
    // What functions may set is never known.
    for (const std::string& name : globals_) evaluator_.forget(name);
    evaluator_.count(globals_.size());
  }
}

void PathEditWalker::conditionally(NodeList statements) {
  const bool before = std::exchange(is_conditional_, true);
  body(statements);
  is_conditional_ = before;
}

void PathEditWalker::statement(NodeId node) {
  switch (tree_.kind(node)) {
    case NodeKind::kImport:
    case NodeKind::kImportFrom:
      return import(node);
    case NodeKind::kAssign: {
      const auto assigned = tree_.get<syntax::Assign>(node);
      look_inside(assigned.value);
      for (const NodeId target : tree_.list(assigned.targets)) assign(target, assigned.value);
      return;
    }
    case NodeKind::kAnnAssign: {
      const auto assigned = tree_.get<syntax::AnnAssign>(node);
      if (assigned.value == kNoNode) return;
      look_inside(assigned.value);
      return assign(assigned.target, assigned.value);
    }
    case NodeKind::kAugAssign:
      return augmented(node);
    case NodeKind::kExpr: {
      const NodeId value = tree_.get<syntax::Expr>(node).value;
      if (!edit_call(value)) look_inside(value);
      return;
    }
    case NodeKind::kIf:
      return branch(node);
    case NodeKind::kTry:
    case NodeKind::kTryStar:
      return attempt(node);
    case NodeKind::kFor:
    case NodeKind::kAsyncFor:
      return loop_over(node);
    case NodeKind::kWhile:
      return loop_while(node);
    case NodeKind::kWith:
    case NodeKind::kAsyncWith: {
      const auto with = tree_.get<syntax::With>(node);
      for (const NodeId item : tree_.list(with.items)) {
        look_inside(item);
        forget_bound(item);
      }
      return body(with.body);
    }
    case NodeKind::kClassDef: {
      const auto known = evaluator_.variables;
      evaluator_.count(known.size());
      body(tree_.get<syntax::ClassDef>(node).body);
      evaluator_.variables = known;
      return evaluator_.forget(std::string(tree_.name(tree_.get<syntax::ClassDef>(node).name)));
    }
    case NodeKind::kFunctionDef:
    case NodeKind::kAsyncFunctionDef:
      return function(node);
    default:
      return each_child(node);
  }
}

/// Of statements that are not followed: `match`, `del`, `return` and the like.
void PathEditWalker::each_child(NodeId node) {
  if (tree_.kind(node) == NodeKind::kDelete) {
    for (const NodeId target : tree_.list(tree_.get<syntax::Delete>(node).targets)) {
      if (is_search_path_slice(target) && !is_in_function_) unread(tree_.line(node));
    }
  }
  if (tree_.kind(node) == NodeKind::kMatch) {
    for (const NodeId item : tree_.list(tree_.get<syntax::Match>(node).cases)) {
      conditionally(tree_.get<syntax::MatchCase>(item).body);
    }
  } else {
    look_inside(node);
  }
  forget_bound(node);
}

void PathEditWalker::import(NodeId node) {
  const bool is_from = tree_.kind(node) == NodeKind::kImportFrom;
  std::string module;
  NodeList names;
  if (is_from) {
    const auto from = tree_.get<syntax::ImportFrom>(node);
    module = std::string(from.level, '.') + std::string(tree_.name(from.module)) + '.';
    names = from.names;
  } else {
    names = tree_.get<syntax::Import>(node).names;
  }
  for (const NodeId item : tree_.list(names)) {
    const auto alias = tree_.get<syntax::Alias>(item);
    const std::string name(tree_.name(alias.name));
    const std::string top = name.substr(0, name.find('.'));
    if (alias.asname != kNoName) {
      evaluator_.import(std::string(tree_.name(alias.asname)), module + name);
    } else {
      evaluator_.import(is_from ? name : top, is_from ? module + name : top);
    }
  }
}

void PathEditWalker::assign(NodeId target, NodeId value_node) {
  const PathValue value = evaluator_.evaluate(value_node);
  if (tree_.kind(target) == NodeKind::kName && !is_search_path(target)) {
    // Another name for the list itself: what is done by it would not be seen.
    if (is_search_path(value_node) && !is_in_function_) unread(tree_.line(target));
    return evaluator_.bind(variable_of(target), value);
  }
  if (is_search_path(target)) return replace(value, tree_.line(target));
  if (is_search_path_slice(target)) return assign_slice(target, value);
  forget_bound(target);
}

/// `sys.path[:0] = [...]` puts in front, `sys.path[:] = [...]` replaces.
void PathEditWalker::assign_slice(NodeId target, const PathValue& value) {
  const NodeId index = tree_.get<syntax::Subscript>(target).slice;
  if (tree_.kind(index) != NodeKind::kSlice) return unread(tree_.line(target));
  const auto slice = tree_.get<syntax::Slice>(index);
  const auto is_zero = [&](NodeId node) {
    return tree_.kind(node) == NodeKind::kConstant &&
           tree_.constant_kind(node) == ConstantKind::kInt &&
           tree_.get<syntax::Constant>(node).value_fits != 0 &&
           tree_.get<syntax::Constant>(node).value == 0;
  };
  const bool from_start = slice.step == kNoNode && (slice.lower == kNoNode || is_zero(slice.lower));
  if (from_start && slice.upper == kNoNode) return replace(value, tree_.line(target));
  if (!from_start || !is_zero(slice.upper) || value.kind != Kind::kList) {
    return unread(tree_.line(target));
  }
  add_all(value.items, tree_.line(target), true);
}

void PathEditWalker::augmented(NodeId node) {
  const auto assigned = tree_.get<syntax::AugAssign>(node);
  look_inside(assigned.value);
  const PathValue value = evaluator_.evaluate(assigned.value);
  const bool adds = tree_.binary_operator(node) == BinaryOperator::kAdd;
  if (is_search_path(assigned.target)) {
    if (!adds || value.kind != Kind::kList) return unread(tree_.line(node));
    return add_all(value.items, tree_.line(node), false);
  }
  if (is_search_path_slice(assigned.target)) return unread(tree_.line(node));
  const std::string variable = variable_of(assigned.target);
  if (variable.empty()) return forget_bound(assigned.target);
  const bool divides = tree_.binary_operator(node) == BinaryOperator::kDiv;
  PathValue old = evaluator_.variables[variable];
  if (adds) return evaluator_.bind(variable, added(std::move(old), value));
  evaluator_.bind(variable, divides ? joined(std::move(old), value) : PathValue{});
}

void PathEditWalker::branch(NodeId node) {
  const auto both = tree_.get<syntax::If>(node);
  look_inside(both.test);
  if (asks_whether_absent(both.test)) {
    body(both.body);
    return conditionally(both.orelse);
  }
  const Variables before = evaluator_.variables;
  conditionally(both.body);
  const Variables first = std::exchange(evaluator_.variables, before);
  conditionally(both.orelse);
  for (const auto& [name, value] : first) {
    const auto other = evaluator_.variables.find(name);
    if (other == evaluator_.variables.end() || !(other->second == value)) {
      evaluator_.forget(name);
    }
  }
  for (auto& [name, value] : evaluator_.variables) {
    if (!first.contains(name)) value = {};
  }
  evaluator_.count(3 * evaluator_.variables.size());
}

void PathEditWalker::attempt(NodeId node) {
  const auto attempted = tree_.get<syntax::Try>(node);
  body(attempted.body);
  for (const NodeId item : tree_.list(attempted.handlers)) {
    const auto handler = tree_.get<syntax::ExceptHandler>(item);
    // `__file__` is there in a file: `except NameError` is for interactive use.
    const bool is_idle = handler.type != kNoNode && tree_.is_name(handler.type, "NameError");
    if (is_idle) continue;
    const Variables before = evaluator_.variables;
    evaluator_.count(before.size());
    conditionally(handler.body);
    evaluator_.variables = before;
    forget_bound(item);
  }
  conditionally(attempted.orelse);
  body(attempted.finalbody);
}

void PathEditWalker::function(NodeId node) {
  const auto defined = tree_.get<syntax::FunctionDef>(node);
  evaluator_.forget(std::string(tree_.name(defined.name)));
  if (is_in_function_) {
    function_body(node);
  } else {
    functions_.push_back(node);
  }
}

void PathEditWalker::function_body(NodeId node) {
  const auto defined = tree_.get<syntax::FunctionDef>(node);
  PathEvaluator::Names before = evaluator_.names();
  const auto parameters = tree_.get<syntax::Arguments>(defined.args);
  const auto forget = [&](NodeId parameter) {
    if (parameter == kNoNode) return;
    evaluator_.forget(std::string(tree_.name(tree_.get<syntax::Arg>(parameter).arg)));
  };
  for (const NodeList list : {parameters.posonlyargs, parameters.args, parameters.kwonlyargs}) {
    for (const NodeId parameter : tree_.list(list)) forget(parameter);
  }
  forget(parameters.vararg);
  forget(parameters.kwarg);
  body(defined.body);
  evaluator_.restore(std::move(before));
}

}  // namespace headwater::scan
