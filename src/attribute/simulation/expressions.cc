#include "attribute/simulation/interpreter.h"
#include "attribute/simulation/node_children.h"

namespace headwater::attribute {

Value Interpreter::evaluate(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  if (out_of_budget()) return Value::unknown();
  frame.line = tree.line(node);
  switch (tree.kind(node)) {
    case NodeKind::kConstant:
      return constant(node, frame);
    case NodeKind::kName:
      return look_up(frame, frame.code->atom(tree.get<syntax::Name>(node).id));
    case NodeKind::kAttribute: {
      const auto access = tree.get<syntax::Attribute>(node);
      const Value value = evaluate(access.value, frame);
      if (value.is_error()) return value;
      frame.line = tree.line(node);
      return attribute(value, frame.code->atom(access.attr));
    }
    case NodeKind::kCall:
      return call_expression(node, frame);
    case NodeKind::kTuple:
      return sequence(Tag::kTuple, tree.get<syntax::List>(node).elts, frame);
    case NodeKind::kList:
      return sequence(Tag::kList, tree.get<syntax::List>(node).elts, frame);
    case NodeKind::kSet:
      return sequence(Tag::kSet, tree.get<syntax::Set>(node).elts, frame);
    case NodeKind::kDict:
      return dictionary(node, frame);
    case NodeKind::kJoinedStr:
      return joined_string(node, frame);
    case NodeKind::kNamedExpr: {
      const auto named = tree.get<syntax::NamedExpr>(node);
      const Value value = evaluate(named.value, frame);
      if (!value.is_error()) {
        store(frame, frame.code->atom(tree.get<syntax::Name>(named.target).id), value);
      }
      return value;
    }
    case NodeKind::kLambda: {
      const auto lambda = tree.get<syntax::Lambda>(node);
      Function* const function = heap_.function();
      function->code = frame.code;
      function->node = node;
      function->module = frame.scope->module;
      function->outer = frame.scope->kind == ScopeKind::kModule ? nullptr : frame.scope;
      const auto arguments = tree.get<syntax::Arguments>(lambda.args);
      if (!evaluate_list(arguments.defaults, function->defaults, frame) ||
          !evaluate_list(arguments.kw_defaults, function->kw_defaults, frame)) {
        return Value::error();
      }
      return Value(Tag::kFunction, function);
    }
    case NodeKind::kListComp:
    case NodeKind::kSetComp:
    case NodeKind::kGeneratorExp:
    case NodeKind::kDictComp:
      return comprehension(node, frame);
    case NodeKind::kIfExp:
      return conditional(node, frame);
    case NodeKind::kBoolOp:
      return boolean_operation(node, frame);
    case NodeKind::kUnaryOp:
      return unary_operation(node, frame);
    case NodeKind::kBinOp: {
      const auto operation = tree.get<syntax::BinOp>(node);
      const Value left = evaluate(operation.left, frame);
      if (left.is_error()) return left;
      const Value right = evaluate(operation.right, frame);
      if (right.is_error()) return right;
      frame.line = tree.line(node);
      return binary(tree.binary_operator(node), left, right);
    }
    case NodeKind::kCompare:
      return compare(node, frame);
    case NodeKind::kSubscript:
      return subscript(node, frame);
    default:
      return evaluate_children(node, frame);
  }
}

Value Interpreter::evaluate_children(NodeId node, Frame& frame) {
  std::vector<NodeId> children;
  append_children(*frame.code->tree, node, children);
  for (const NodeId child : children) {
    if (evaluate(child, frame).is_error()) return Value::error();
  }
  return Value::unknown();
}

Value Interpreter::constant(NodeId node, Frame& frame) {
  constexpr size_t kLongestText = 200;  // longer ones name nothing
  const SyntaxTree& tree = *frame.code->tree;
  switch (tree.constant_kind(node)) {
    case ConstantKind::kNone:
      return Value::none();
    case ConstantKind::kFalse:
      return Value::boolean(false);
    case ConstantKind::kTrue:
      return Value::boolean(true);
    case ConstantKind::kString: {
      const std::string_view text = tree.constant_text(node);
      if (text.size() > kLongestText) return Value::constant(Truth::kTrue);
      return make_string(text);
    }
    case ConstantKind::kInt: {
      const auto number = tree.get<syntax::Constant>(node);
      return number.value_fits ? Value::integer(number.value) : Value::constant(Truth::kTrue);
    }
    case ConstantKind::kBytes:
      return Value::constant(tree.constant_text(node).empty() ? Truth::kFalse : Truth::kTrue);
    case ConstantKind::kEllipsis:
      return Value::constant(Truth::kTrue);
    case ConstantKind::kFloat:
    case ConstantKind::kImaginary:
      return Value::constant(Truth::kUnknown);
  }
  return Value::unknown();
}

Value Interpreter::make_string(std::string_view text) { return Value::string(atoms_.intern(text)); }

Value Interpreter::sequence(Tag tag, NodeList items, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  Sequence* const made = heap_.sequence();
  for (const NodeId node : tree.list(items)) {
    if (tree.kind(node) == NodeKind::kStarred) {
      const Value part = evaluate(tree.get<syntax::Starred>(node).value, frame);
      if (part.is_error()) return part;
      std::vector<Value> inside;
      if (!items_of(part, inside)) made->open = true;
      made->items.insert(made->items.end(), inside.begin(), inside.end());
      continue;
    }
    made->items.push_back(evaluate(node, frame));
    if (made->items.back().is_error()) return Value::error();
  }
  return Value(tag, made);
}

Value Interpreter::dictionary(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto display = tree.get<syntax::Dict>(node);
  Dictionary* const made = heap_.dictionary();
  const auto keys = tree.list(display.keys);
  const auto values = tree.list(display.values);
  for (size_t i = 0; i < values.size(); ++i) {
    const Value key = keys[i] == kNoNode ? Value() : evaluate(keys[i], frame);
    if (key.is_error()) return key;
    const Value value = evaluate(values[i], frame);
    if (value.is_error()) return value;
    if (key.is_plain()) {
      // The last of equal keys wins, as in Python.
      std::erase_if(made->items, [&](const auto& item) { return item.key == key; });
      made->items.push_back({key, value});
    } else if (keys[i] == kNoNode && value.is(Tag::kDict) && !value.as<Dictionary>()->open) {
      for (const auto& item : value.as<Dictionary>()->items) {
        std::erase_if(made->items, [&](const auto& known) { return known.key == item.key; });
        made->items.push_back(item);
      }
    } else {
      made->open = true;
    }
  }
  return Value(Tag::kDict, made);
}

bool Interpreter::string_of(const Value& value, std::string& out) const {
  switch (value.tag) {
    case Tag::kString:
      out += atoms_.text(value.atom());
      return true;
    case Tag::kInt:
      out += std::to_string(value.number());
      return true;
    case Tag::kBool:
      out += value.number() ? "True" : "False";
      return true;
    case Tag::kNone:
      out += "None";
      return true;
    default:
      return false;
  }
}

Value Interpreter::joined_string(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  std::string out;
  bool known = true;
  for (const NodeId part : tree.list(tree.get<syntax::JoinedStr>(node).values)) {
    if (tree.kind(part) != NodeKind::kFormattedValue) {
      const Value value = evaluate(part, frame);
      if (value.is_error()) return value;
      known &= string_of(value, out);
      continue;
    }
    const auto formatted = tree.get<syntax::FormattedValue>(part);
    const Value value = evaluate(formatted.value, frame);
    if (value.is_error()) return value;
    known &= formatted.format_spec == kNoNode;
    const bool quotes = tree.conversion(part) == 'r' && value.is_string();
    if (quotes) out += '\'';
    known &= string_of(value, out);
    if (quotes) out += '\'';
  }
  return known ? make_string(out) : Value::library();
}

bool Interpreter::items_of(const Value& value, std::vector<Value>& items) {
  if (value.is_sequence()) {
    items = value.sequence()->items;
    return !value.sequence()->open;
  }
  if (value.is(Tag::kDict)) {
    for (const auto& item : value.as<Dictionary>()->items) items.push_back(item.key);
    return !value.as<Dictionary>()->open;
  }
  if (value.is_string()) {
    for (const char c : text(value)) {
      if (static_cast<unsigned char>(c) >= 0x80) return false;
      items.push_back(make_string(std::string_view(&c, 1)));
    }
    return true;
  }
  return false;
}

Value Interpreter::conditional(NodeId node, Frame& frame) {
  const auto expression = frame.code->tree->get<syntax::IfExp>(node);
  const Value test = evaluate(expression.test, frame);
  if (test.is_error()) return test;
  const Truth holds = truth(test);
  if (holds != Truth::kUnknown) {
    return evaluate(holds == Truth::kTrue ? expression.body : expression.orelse, frame);
  }
  Value one, two;
  const auto run = [&](NodeId branch, Value* into) -> Flow {
    *into = evaluate(branch, frame);
    return into->is_error() ? Flow{Flow::kRaise} : Flow{};
  };
  const Flow flow = either([&] { return run(expression.body, &one); },
                           [&] { return run(expression.orelse, &two); });
  if (flow.kind == Flow::kRaise) return Value::error();
  return either_of(one, two);
}

Value Interpreter::boolean_operation(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const Truth stop =
      tree.boolean_operator(node) == BooleanOperator::kOr ? Truth::kTrue : Truth::kFalse;
  const auto values = tree.list(tree.get<syntax::BoolOp>(node).values);
  Value value;
  for (size_t i = 0; i < values.size(); ++i) {
    value = evaluate(values[i], frame);
    if (value.is_error()) return value;
    const Truth holds = truth(value);
    if (holds == stop) return value;
    if (holds != Truth::kUnknown || i + 1 == values.size()) continue;
    // The rest may run. Whatever it is, a rest that decides decides the whole.
    Truth rest = Truth::kUnknown;
    softly([&]() -> Flow {
      for (size_t j = i + 1; j < values.size(); ++j) {
        const Value each = evaluate(values[j], frame);
        if (each.is_error()) return {Flow::kRaise};
        rest = truth(each);
        if (rest == stop) break;
      }
      return {};
    });
    // `unknown or True` is true in any case, but which object it is stays open.
    return rest == stop ? Value::constant(stop) : Value::unknown();
  }
  return value;
}

/// Code that is not followed calls functions by their names.
void Interpreter::escape_called_in(NodeId root, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  std::vector<NodeId> open{root};
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    append_children(tree, node, open);
    if (tree.kind(node) != NodeKind::kCall) continue;
    const NodeId function = tree.get<syntax::Call>(node).func;
    if (tree.kind(function) != NodeKind::kName) continue;
    const Atom name = frame.code->atom(tree.get<syntax::Name>(function).id);
    const Value local = frame.scope->names->get(name);
    escape(local.is_absent() ? frame.scope->module->globals.get(name) : local);
  }
}

Value Interpreter::comprehension(NodeId node, Frame& frame) {
  constexpr size_t kMostItems = 400;
  const SyntaxTree& tree = *frame.code->tree;
  const bool is_dict = tree.kind(node) == NodeKind::kDictComp;
  const auto of_dict = is_dict ? tree.get<syntax::DictComp>(node) : syntax::DictComp{};
  const auto of_list = is_dict ? syntax::ListComp{} : tree.get<syntax::ListComp>(node);
  const auto generators = tree.list(is_dict ? of_dict.generators : of_list.generators);
  const auto first = tree.get<syntax::Comprehension>(generators[0]);
  const Value iterable = evaluate(first.iter, frame);
  if (iterable.is_error()) return iterable;
  std::vector<Value> items;
  const bool known = items_of(iterable, items) && items.size() <= kMostItems &&
                     generators.size() == 1 && tree.kind(node) != NodeKind::kGeneratorExp;
  if (!known) {
    escape_called_in(node, frame);
    return Value::library();
  }
  Dictionary* const dictionary = is_dict ? heap_.dictionary() : nullptr;
  Sequence* const list = is_dict ? nullptr : heap_.sequence();
  for (const Value& item : items) {
    Scope* const scope = heap_.scope();
    scope->kind = ScopeKind::kFunction;
    scope->module = frame.scope->module;
    scope->names = &scope->own;
    scope->outer = frame.scope->kind == ScopeKind::kModule ? nullptr : frame.scope;
    // Before 3.12 it has a frame of its own; the line is the same.
    Frame inner{scope, frame.code, frame_, tree.line(node), false, false, {}};
    frame_ = &inner;
    const bool done = comprehension_item(node, item, inner, list, dictionary);
    frame_ = inner.below;
    if (!done) return Value::error();
  }
  if (is_dict) return Value(Tag::kDict, dictionary);
  return Value(tree.kind(node) == NodeKind::kSetComp ? Tag::kSet : Tag::kList, list);
}

bool Interpreter::comprehension_item(NodeId node, const Value& item, Frame& frame, Sequence* list,
                                     Dictionary* dictionary) {
  const SyntaxTree& tree = *frame.code->tree;
  const bool is_dict = dictionary != nullptr;
  const auto of_dict = is_dict ? tree.get<syntax::DictComp>(node) : syntax::DictComp{};
  const auto of_list = is_dict ? syntax::ListComp{} : tree.get<syntax::ListComp>(node);
  const auto generator = tree.get<syntax::Comprehension>(
      tree.list(is_dict ? of_dict.generators : of_list.generators)[0]);
  if (!assign(generator.target, item, frame)) return false;
  Truth taken = Truth::kTrue;
  for (const NodeId condition : tree.list(generator.ifs)) {
    const Value test = evaluate(condition, frame);
    if (test.is_error()) return false;
    const Truth holds = truth(test);
    if (holds == Truth::kFalse) return true;
    if (holds == Truth::kUnknown) taken = holds;
  }
  const auto add = [&]() -> Flow {
    const Value key = is_dict ? evaluate(of_dict.key, frame) : Value();
    if (key.is_error()) return {Flow::kRaise};
    const Value value = evaluate(is_dict ? of_dict.value : of_list.elt, frame);
    if (value.is_error()) return {Flow::kRaise};
    if (list != nullptr) {
      list->items.push_back(value);
      list->open |= taken == Truth::kUnknown;
    } else if (key.is_plain() && taken == Truth::kTrue) {
      dictionary->items.push_back({key, value});
    } else {
      dictionary->open = true;
    }
    return {};
  };
  return (taken == Truth::kTrue ? add() : softly(add)).kind != Flow::kRaise;
}

}  // namespace headwater::attribute
