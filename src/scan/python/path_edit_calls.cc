#include "model/syntax_walk.h"
#include "scan/python/path_edit_walker.h"

namespace headwater::scan {

using Kind = PathValue::Kind;

/// An edit weighs that much, so that nested loops cannot make millions.
constexpr size_t kStepsOfEdit = 200;

void PathEditWalker::unread(uint32_t line) {
  evaluator_.count(kStepsOfEdit);
  facts_.path_edits.push_back({line, facts_.names.intern(""), true, false, is_conditional_});
}

void PathEditWalker::add(const PathValue& value, uint32_t line, bool at_front) {
  const std::optional<PathExpression> folder = path_expression(value);
  if (!folder) return unread(line);
  // A file on the path is asked for nothing.
  if (is_below_file(*folder)) return;
  evaluator_.count(kStepsOfEdit);
  const NameId name = facts_.names.intern(folder->text());
  facts_.path_edits.push_back({line, name, false, at_front, is_conditional_});
}

void PathEditWalker::add_all(const std::vector<PathValue>& values, uint32_t line, bool at_front) {
  for (size_t i = 0; i < values.size(); ++i) {
    // Each is put before what stands there.
    add(values[at_front ? values.size() - 1 - i : i], line, at_front);
  }
}

/// `sys.path = [...] + sys.path + [...]`
void PathEditWalker::replace(const PathValue& value, uint32_t line) {
  std::vector<PathValue> before, after;
  bool keeps = value.kind == Kind::kSearchPath;
  for (const PathValue& item : value.items) {
    if (item.kind == Kind::kSearchPath) {
      keeps = true;
    } else {
      (keeps ? after : before).push_back(item);
    }
  }
  if (!keeps) return unread(line);
  add_all(before, line, true);
  add_all(after, line, false);
}

bool PathEditWalker::is_search_path_slice(NodeId node) const {
  return tree_.kind(node) == NodeKind::kSubscript &&
         is_search_path(tree_.get<syntax::Subscript>(node).value);
}

/// `x not in sys.path`: what follows makes sure that it is there.
bool PathEditWalker::asks_whether_absent(NodeId test) const {
  if (tree_.kind(test) != NodeKind::kCompare) return false;
  const auto compared = tree_.get<syntax::Compare>(test);
  const auto operators = tree_.list(compared.ops);
  return operators.size() == 1 && operators[0] == CompareOperator::kNotIn &&
         is_search_path(tree_.list(compared.comparators)[0]);
}

/// Whether the expression is a call that edits the path, or one of a list that changes it.
bool PathEditWalker::edit_call(NodeId node) {
  if (tree_.kind(node) != NodeKind::kCall) return false;
  const auto called = tree_.get<syntax::Call>(node);
  const auto arguments = tree_.list(called.args);
  const uint32_t line = tree_.line(node);
  if (evaluator_.dotted(called.func) == "site.addsitedir") {
    add(arguments.empty() ? PathValue{} : evaluator_.evaluate(arguments[0]), line, false);
    return true;
  }
  if (tree_.kind(called.func) != NodeKind::kAttribute) return false;
  const auto method = tree_.get<syntax::Attribute>(called.func);
  const std::string_view name = tree_.name(method.attr);
  if (!is_search_path(method.value)) {
    const auto held = evaluator_.variables.find(variable_of(method.value));
    const bool is_list = held != evaluator_.variables.end() && held->second.kind == Kind::kList;
    if (is_list) held->second = {};
    return false;
  }
  if (name == "index" || name == "count" || name == "copy") return false;
  // Whoever calls the function finds less by that, and not what is found nowhere.
  const bool takes_away = name == "pop" || name == "remove" || name == "clear";
  if (takes_away && is_in_function_) return false;
  if (name == "append" && arguments.size() == 1) {
    add(evaluator_.evaluate(arguments[0]), line, false);
  } else if (name == "extend" && arguments.size() == 1) {
    const PathValue value = evaluator_.evaluate(arguments[0]);
    if (value.kind != Kind::kList) {
      unread(line);
    } else {
      add_all(value.items, line, false);
    }
  } else if (name == "insert" && arguments.size() == 2) {
    // An index that is no plain number may put it anywhere: what stands last hides nothing.
    const bool at_front = tree_.kind(arguments[0]) == NodeKind::kConstant;
    add(evaluator_.evaluate(arguments[1]), line, at_front);
  } else {
    unread(line);
  }
  return true;
}

/// An edit within an expression runs who knows when and how often.
void PathEditWalker::look_inside(NodeId node) {
  evaluator_.count(1);
  if (tree_.kind(node) == NodeKind::kCall) {
    const size_t before = facts_.path_edits.size();
    if (edit_call(node)) {
      facts_.path_edits.resize(before);
      unread(tree_.line(node));
    }
  }
  for_each_child(tree_, node, [&](NodeId child) { look_inside(child); });
}

}  // namespace headwater::scan
