#include "scan/python/path_evaluator.h"

#include <optional>
#include <utility>

namespace headwater::scan {
namespace {

using Kind = PathValue::Kind;

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text == word) return true;
  }
  return false;
}

/// Binds a variable for a while.
class Bound {
 public:
  Bound(PathEvaluator& evaluator, std::string name, PathValue value)
      : evaluator_(evaluator), name_(std::move(name)) {
    const auto old = evaluator.variables.find(name_);
    if (old != evaluator.variables.end()) old_ = old->second;
    evaluator.variables[name_] = std::move(value);
  }
  ~Bound() {
    if (old_) {
      evaluator_.variables[name_] = std::move(*old_);
    } else {
      evaluator_.variables.erase(name_);
    }
  }
  Bound(const Bound&) = delete;
  Bound& operator=(const Bound&) = delete;

 private:
  PathEvaluator& evaluator_;
  std::string name_;
  std::optional<PathValue> old_{};
};

/// Some folder, told from every other one.
PathValue probe() {
  return {.kind = Kind::kPlace, .base = PathExpression::Base::kUpward, .markers = {"?"}};
}

}  // namespace

void PathEvaluator::bind(const std::string& name, PathValue value) {
  variables[name] = std::move(value);
}

void PathEvaluator::import(const std::string& name, std::string dotted_name) {
  variables.erase(name);
  imported_[name] = std::move(dotted_name);
}

PathEvaluator::Names PathEvaluator::names() {
  steps_ += variables.size() + imported_.size();
  return {variables, imported_};
}

void PathEvaluator::restore(Names names) {
  variables = std::move(names.variables);
  imported_ = std::move(names.imported);
}

std::string PathEvaluator::dotted(NodeId node) const {
  if (tree_.kind(node) == NodeKind::kName) {
    const std::string name(tree_.name(tree_.get<syntax::Name>(node).id));
    if (variables.contains(name)) return {};
    const auto known = imported_.find(name);
    return known == imported_.end() ? name : known->second;
  }
  if (tree_.kind(node) != NodeKind::kAttribute) return {};
  const auto attribute = tree_.get<syntax::Attribute>(node);
  std::string out = dotted(attribute.value);
  if (!out.empty()) out.append(1, '.').append(tree_.name(attribute.attr));
  return out;
}

PathValue PathEvaluator::evaluate(NodeId node) {
  ++steps_;
  if (node == kNoNode || is_exhausted()) return {};
  switch (tree_.kind(node)) {
    case NodeKind::kConstant:
      return tree_.is_string(node) ? text_value(tree_.constant_text(node)) : PathValue{};
    case NodeKind::kJoinedStr:
      return format_string(node);
    case NodeKind::kName:
      return name_value(node);
    case NodeKind::kAttribute:
      return attribute(node);
    case NodeKind::kSubscript:
      return subscript(node);
    case NodeKind::kList:
    case NodeKind::kTuple:
      return elements(node);
    case NodeKind::kListComp:
    case NodeKind::kGeneratorExp:
      return comprehension(node);
    case NodeKind::kCall:
      return call(node);
    case NodeKind::kBinOp: {
      const auto both = tree_.get<syntax::BinOp>(node);
      const BinaryOperator what = tree_.binary_operator(node);
      if (what == BinaryOperator::kDiv) return joined(evaluate(both.left), evaluate(both.right));
      if (what == BinaryOperator::kAdd) return added(evaluate(both.left), evaluate(both.right));
      return {};
    }
    case NodeKind::kBoolOp: {
      // `dirname(__file__) or "."`: an absolute path is never empty.
      const PathValue first = evaluate(tree_.list(tree_.get<syntax::BoolOp>(node).values)[0]);
      const bool is_or = tree_.boolean_operator(node) == BooleanOperator::kOr;
      return is_or && first.kind == Kind::kPlace ? first : PathValue{};
    }
    case NodeKind::kIfExp: {
      const auto both = tree_.get<syntax::IfExp>(node);
      PathValue first = evaluate(both.body);
      return first == evaluate(both.orelse) ? first : PathValue{};
    }
    default:
      return {};
  }
}

PathValue PathEvaluator::name_value(NodeId node) {
  const std::string name(tree_.name(tree_.get<syntax::Name>(node).id));
  const auto known = variables.find(name);
  if (known != variables.end()) return known->second;
  if (name == "__file__") return own_file();
  return attribute(node);
}

PathValue PathEvaluator::attribute(NodeId node) {
  const std::string constant = dotted(node);
  if (constant == "sys.path") return {.kind = Kind::kSearchPath};
  if (is_one_of(constant, {"os.pardir", "os.path.pardir"})) return text_value("..");
  if (is_one_of(constant, {"os.curdir", "os.path.curdir"})) return text_value(".");
  if (is_one_of(constant, {"os.sep", "os.path.sep"})) return text_value("/");
  if (tree_.kind(node) != NodeKind::kAttribute) return {};
  const auto asked = tree_.get<syntax::Attribute>(node);
  if (tree_.name(asked.attr) == "parent") return parent_of(evaluate(asked.value));
  if (tree_.name(asked.attr) == "parents") return parents_of(evaluate(asked.value));
  return {};
}

PathValue PathEvaluator::subscript(NodeId node) {
  const auto asked = tree_.get<syntax::Subscript>(node);
  PathValue from = evaluate(asked.value);
  if (tree_.kind(asked.slice) == NodeKind::kSlice) {
    const auto slice = tree_.get<syntax::Slice>(asked.slice);
    const bool is_whole = slice.lower == kNoNode && slice.upper == kNoNode && slice.step == kNoNode;
    return is_whole ? from : PathValue{};
  }
  const bool is_number = tree_.kind(asked.slice) == NodeKind::kConstant &&
                         tree_.constant_kind(asked.slice) == ConstantKind::kInt;
  if (!is_number) return {};
  const auto number = tree_.get<syntax::Constant>(asked.slice);
  if (number.value_fits == 0 || number.value > 64) return {};
  if (from.kind == Kind::kList) {
    return number.value < from.items.size() ? from.items[number.value] : PathValue{};
  }
  if (from.kind != Kind::kParents) return {};
  from.kind = Kind::kPlace;
  for (uint32_t i = 0; i < number.value; ++i) from = parent_of(std::move(from));
  return from;
}

/// `[here, *here.parents]` goes upward as `here.parents` does, from `here` itself.
PathValue PathEvaluator::elements(NodeId node) {
  std::vector<PathValue> items;
  for (const NodeId element : tree_.list(tree_.get<syntax::List>(node).elts)) {
    if (tree_.kind(element) != NodeKind::kStarred) {
      items.push_back(evaluate(element));
      continue;
    }
    const PathValue inner = evaluate(tree_.get<syntax::Starred>(element).value);
    if (inner.kind == Kind::kList) {
      items.insert(items.end(), inner.items.begin(), inner.items.end());
    } else {
      items.push_back(inner);
    }
  }
  const bool goes_upward =
      items.size() == 2 && items[1].kind == Kind::kParents && parents_of(items[0]) == items[1];
  if (!goes_upward) return list_value(std::move(items));
  items[0].kind = Kind::kParents;
  return items[0];
}

PathValue PathEvaluator::format_string(NodeId node) {
  PathValue out = text_value("");
  bool is_first = true;
  for (const NodeId part : tree_.list(tree_.get<syntax::JoinedStr>(node).values)) {
    PathValue value;
    if (tree_.kind(part) == NodeKind::kFormattedValue) {
      const auto formatted = tree_.get<syntax::FormattedValue>(part);
      if (formatted.format_spec != kNoNode || tree_.conversion(part) == 'r') return {};
      value = evaluate(formatted.value);
    } else {
      value = evaluate(part);
    }
    if (!value.is_path()) return {};
    out = is_first ? std::move(value) : added(std::move(out), value);
    is_first = false;
  }
  return out;
}

PathValue PathEvaluator::call(NodeId node) {
  const auto asked = tree_.get<syntax::Call>(node);
  const auto arguments = tree_.list(asked.args);
  for (const NodeId argument : arguments) {
    if (tree_.kind(argument) == NodeKind::kStarred) return {};
  }
  const std::string called = dotted(asked.func);
  PathValue out;
  if (!called.empty()) out = function(called, arguments);
  if (out.kind == Kind::kUnknown) out = method(asked.func, arguments);
  return out;
}

PathValue PathEvaluator::fold(PathValue first, ListView<NodeId> arguments, size_t begin) {
  for (size_t i = begin; i < arguments.size(); ++i) {
    first = joined(std::move(first), evaluate(arguments[i]));
  }
  return first;
}

PathValue PathEvaluator::function(const std::string& called, ListView<NodeId> arguments) {
  const bool is_path_class = is_one_of(
      called, {"pathlib.Path", "pathlib.PosixPath", "pathlib.PurePath", "pathlib.PurePosixPath"});
  if (arguments.empty()) {
    if (is_one_of(called, {"os.getcwd", "pathlib.Path.cwd"})) return working_folder();
    return is_path_class ? text_value("") : PathValue{};
  }
  if (called == "next") return first_of(arguments[0]);
  if (is_path_class || called == "os.path.join") {
    return fold(evaluate(arguments[0]), arguments, 1);
  }
  if (called == "map" && arguments.size() == 2) {
    const bool keeps = is_one_of(dotted(arguments[0]), {"str", "os.fspath", "pathlib.Path"});
    return keeps ? evaluate(arguments[1]) : PathValue{};
  }
  if (arguments.size() != 1) return {};
  if (called == "os.path.dirname") return parent_of(evaluate(arguments[0]));
  if (called == "os.path.split") return list_value({parent_of(evaluate(arguments[0])), {}});
  if (is_one_of(called, {"os.path.abspath", "os.path.realpath"})) {
    return made_absolute(evaluate(arguments[0]));
  }
  if (called == "os.path.normpath") {
    PathValue path = evaluate(arguments[0]);
    const bool is_relative = path.kind == Kind::kText && !path.text.starts_with('/');
    return is_relative ? path : made_absolute(std::move(path));
  }
  if (is_one_of(called, {"str", "os.fspath", "os.fsdecode"})) {
    PathValue path = evaluate(arguments[0]);
    return path.is_path() ? path : PathValue{};
  }
  if (is_one_of(called, {"list", "tuple"})) {
    PathValue items = evaluate(arguments[0]);
    return items.is_path() ? PathValue{} : items;
  }
  return {};
}

PathValue PathEvaluator::method(NodeId func, ListView<NodeId> arguments) {
  if (tree_.kind(func) != NodeKind::kAttribute) return {};
  const auto asked = tree_.get<syntax::Attribute>(func);
  const std::string_view name = tree_.name(asked.attr);
  if (name == "joinpath") return fold(evaluate(asked.value), arguments, 0);
  if (name == "with_name" && arguments.size() == 1) {
    return joined(parent_of(evaluate(asked.value)), evaluate(arguments[0]));
  }
  if (is_one_of(name, {"resolve", "absolute"})) return made_absolute(evaluate(asked.value));
  if (is_one_of(name, {"as_posix", "__str__", "__fspath__"})) {
    PathValue path = evaluate(asked.value);
    return path.is_path() ? path : PathValue{};
  }
  return {};
}

PathValue PathEvaluator::comprehension(NodeId node) {
  const auto asked = tree_.get<syntax::ListComp>(node);
  const auto generators = tree_.list(asked.generators);
  if (generators.size() != 1) return {};
  const auto over = tree_.get<syntax::Comprehension>(generators[0]);
  const PathValue from = evaluate(over.iter);
  const bool is_plain = tree_.list(over.ifs).empty() && tree_.kind(over.target) == NodeKind::kName;
  if (!is_plain || from.kind != Kind::kList) return {};
  const std::string variable(tree_.name(tree_.get<syntax::Name>(over.target).id));
  std::vector<PathValue> items;
  for (const PathValue& item : from.items) {
    const Bound bound(*this, variable, item);
    items.push_back(evaluate(asked.elt));
  }
  return list_value(std::move(items));
}

/// `next(p for p in here.parents if (p / "x").exists())`
PathValue PathEvaluator::first_of(NodeId generator) {
  if (tree_.kind(generator) != NodeKind::kGeneratorExp) return {};
  const auto asked = tree_.get<syntax::ListComp>(generator);
  const auto generators = tree_.list(asked.generators);
  if (generators.size() != 1) return {};
  const auto over = tree_.get<syntax::Comprehension>(generators[0]);
  const auto tests = tree_.list(over.ifs);
  if (tests.size() != 1 || tree_.kind(over.target) != NodeKind::kName) return {};
  const std::string variable(tree_.name(tree_.get<syntax::Name>(over.target).id));
  PathValue found = nearest(evaluate(over.iter), markers(tests[0], variable));
  const Bound bound(*this, variable, std::move(found));
  return evaluate(asked.elt);
}

bool PathEvaluator::steps_up(NodeId node, const std::string& variable) {
  const Bound bound(*this, variable, probe());
  return evaluate(node) == parent_of(probe());
}

std::vector<std::string> PathEvaluator::markers(NodeId test, const std::string& variable) {
  ++steps_;
  if (is_exhausted()) return {};
  if (tree_.kind(test) == NodeKind::kBoolOp) {
    if (tree_.boolean_operator(test) != BooleanOperator::kOr) return {};
    std::vector<std::string> all;
    for (const NodeId value : tree_.list(tree_.get<syntax::BoolOp>(test).values)) {
      const std::vector<std::string> some = markers(value, variable);
      if (some.empty()) return {};
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }
  if (tree_.kind(test) != NodeKind::kCall) return {};
  const auto asked = tree_.get<syntax::Call>(test);
  const auto arguments = tree_.list(asked.args);
  const std::string called = dotted(asked.func);
  if (called == "any" && arguments.size() == 1) return any_marker(arguments[0], variable);
  NodeId looked_for = kNoNode;
  if (is_one_of(called, {"os.path.exists", "os.path.isfile", "os.path.isdir"})) {
    if (arguments.size() == 1) looked_for = arguments[0];
  } else if (tree_.kind(asked.func) == NodeKind::kAttribute && arguments.empty()) {
    const auto method = tree_.get<syntax::Attribute>(asked.func);
    if (is_one_of(tree_.name(method.attr), {"exists", "is_file", "is_dir"})) {
      looked_for = method.value;
    }
  }
  if (looked_for == kNoNode) return {};
  const Bound bound(*this, variable, probe());
  const PathValue path = made_absolute(evaluate(looked_for));
  if (path.markers != probe().markers || path.up != 0 || path.text.empty()) return {};
  return {path.text};
}

/// `any((p / name).exists() for name in (".git", "setup.py"))`
std::vector<std::string> PathEvaluator::any_marker(NodeId generator, const std::string& variable) {
  if (tree_.kind(generator) != NodeKind::kGeneratorExp) return {};
  const auto asked = tree_.get<syntax::ListComp>(generator);
  const auto generators = tree_.list(asked.generators);
  if (generators.size() != 1) return {};
  const auto over = tree_.get<syntax::Comprehension>(generators[0]);
  const PathValue names = evaluate(over.iter);
  if (names.kind != Kind::kList || !tree_.list(over.ifs).empty() ||
      tree_.kind(over.target) != NodeKind::kName) {
    return {};
  }
  std::vector<std::string> all;
  for (const PathValue& name : names.items) {
    const Bound bound(*this, std::string(tree_.name(tree_.get<syntax::Name>(over.target).id)),
                      name);
    const std::vector<std::string> some = markers(asked.elt, variable);
    if (some.empty()) return {};
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace headwater::scan
