#include <algorithm>

#include "attribute/simulation/interpreter.h"

// Functions and classes (rules 24, 25).

namespace headwater::attribute {

bool Interpreter::evaluate_list(NodeList nodes, std::vector<Value>& values, Frame& frame) {
  for (const NodeId node : frame.code->tree->list(nodes)) {
    values.push_back(node == kNoNode ? Value() : evaluate(node, frame));
    if (values.back().is_error()) return false;
  }
  return true;
}

bool Interpreter::evaluate_signature(const syntax::Arguments& arguments, NodeId returns,
                                     Function* function, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  if (!evaluate_list(arguments.defaults, function->defaults, frame)) return false;
  if (!evaluate_list(arguments.kw_defaults, function->kw_defaults, frame)) return false;
  if (!runs_annotations(frame)) return true;
  std::vector<NodeId> parameters;
  for (const NodeList list : {arguments.posonlyargs, arguments.args, arguments.kwonlyargs}) {
    for (const NodeId parameter : tree.list(list)) parameters.push_back(parameter);
  }
  for (const NodeId parameter : {arguments.vararg, arguments.kwarg}) {
    if (parameter != kNoNode) parameters.push_back(parameter);
  }
  for (const NodeId parameter : parameters) {
    const NodeId annotation = tree.get<syntax::Arg>(parameter).annotation;
    if (annotation != kNoNode && evaluate(annotation, frame).is_error()) return false;
  }
  return returns == kNoNode || !evaluate(returns, frame).is_error();
}

bool Interpreter::decorate(NodeList decorators, std::span<const Value> marks, Value* value,
                           Frame& frame) {
  const auto nodes = frame.code->tree->list(decorators);
  for (size_t i = marks.size(); i-- > 0;) {
    frame.line = frame.code->tree->line(nodes[i]);
    Arguments arguments;
    arguments.positional.push_back(*value);
    *value = call(marks[i], arguments, frame);
    if (value->is_error()) return false;
  }
  return true;
}

namespace {

/// Type parameters stand in a scope of their own around a definition; here they are names that are
/// unknown while it is evaluated.
class TypeParameters {
 public:
  TypeParameters(NodeList parameters, Frame& frame, Scope* scope) : frame_(frame) {
    const SyntaxTree& tree = *frame.code->tree;
    if (parameters.empty()) return;
    scope->kind = ScopeKind::kFunction;
    scope->module = frame.scope->module;
    scope->names = &scope->own;
    scope->outer = frame.scope->kind == ScopeKind::kModule ? nullptr : frame.scope;
    for (const NodeId parameter : tree.list(parameters)) {
      scope->own.set(frame.code->atom(tree.get<syntax::TypeVar>(parameter).name), Value::library());
    }
    before_ = std::exchange(frame_.scope, scope);
  }
  ~TypeParameters() {
    if (before_ != nullptr) frame_.scope = before_;
  }
  TypeParameters(const TypeParameters&) = delete;
  TypeParameters& operator=(const TypeParameters&) = delete;

 private:
  Frame& frame_;
  Scope* before_ = nullptr;
};

}  // namespace

Flow Interpreter::function_definition(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto definition = tree.get<syntax::FunctionDef>(node);
  std::vector<Value> marks;
  if (!evaluate_list(definition.decorator_list, marks, frame)) return {Flow::kRaise};
  Function* const function = heap_.function();
  function->code = frame.code;
  function->node = node;
  function->module = frame.scope->module;
  {
    const TypeParameters parameters(definition.type_params, frame,
                                    definition.type_params.empty() ? nullptr : heap_.scope());
    function->outer = frame.scope->kind == ScopeKind::kModule ? nullptr : frame.scope;
    if (!evaluate_signature(tree.get<syntax::Arguments>(definition.args), definition.returns,
                            function, frame)) {
      return {Flow::kRaise};
    }
  }
  Value value(Tag::kFunction, function);
  if (!decorate(definition.decorator_list, marks, &value, frame)) return {Flow::kRaise};
  store(frame, frame.code->atom(definition.name), value);
  return {};
}

Value Interpreter::class_base_error(const Value& base) {
  // None, a module or a number as a base: the metaclass call raises TypeError.
  if (base.is(Tag::kNone) || base.is(Tag::kBool) || base.is(Tag::kInt) || base.is(Tag::kModule)) {
    return raise("TypeError");
  }
  return Value::none();
}

bool Interpreter::evaluate_bases(const syntax::ClassDef& definition, Class& type, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  for (const NodeId node : tree.list(definition.bases)) {
    if (tree.kind(node) == NodeKind::kStarred) {
      if (evaluate(tree.get<syntax::Starred>(node).value, frame).is_error()) return false;
      type.bases.push_back(Value::unknown());
      continue;
    }
    type.bases.push_back(evaluate(node, frame));
    if (type.bases.back().is_error()) return false;
  }
  for (const NodeId node : tree.list(definition.keywords)) {
    const auto keyword = tree.get<syntax::Keyword>(node);
    const Value value = evaluate(keyword.value, frame);
    if (value.is_error()) return false;
    type.open = true;  // a metaclass, or what __init_subclass__ makes of it
    const bool is_metaclass = frame.code->atom(keyword.arg) == known_.metaclass;
    if (is_metaclass) escape(value);
    if (is_metaclass && value.is(Tag::kClass)) {
      type.reaches_modules |=
          has_method_that_reaches_modules(*value.as<Class>(), Methods::kSpecial);
    }
    if (is_metaclass && !value.is(Tag::kLibrary)) type.bases.push_back(Value::unknown());
  }
  return true;
}

Value Interpreter::docstring(NodeList body, const Code& code) {
  const SyntaxTree& tree = *code.tree;
  const auto statements = tree.list(body);
  const bool has_text = !statements.empty() && tree.kind(statements[0]) == NodeKind::kExpr &&
                        tree.is_string(tree.get<syntax::Expr>(statements[0]).value);
  return has_text ? Value::constant(Truth::kTrue) : Value::none();
}

/// Each name in `__slots__` becomes a descriptor of the class (Objects/typeobject.c, type_new).
void Interpreter::bind_slots(Class& type) {
  const Value slots = type.attributes.get(known_.slots);
  if (slots.is_absent()) return;
  std::vector<Value> names;
  if (slots.is_string()) {
    names.push_back(slots);
  } else {
    type.open |= !items_of(slots, names);
  }
  for (const Value& name : names) {
    if (name.is_string()) {
      bind(type.attributes, name.atom(), Value::library());
    } else {
      type.open = true;
    }
  }
}

/// The standard library sets names for those alone who call it so.
bool Interpreter::has_method_that_reaches_modules(const Class& type, Methods which) {
  return std::ranges::any_of(type.attributes.entries(), [&](const NameSpace::Entry& entry) {
    if (!entry.value.is(Tag::kFunction)) return false;
    const bool is_followed = entry.name == known_.init || entry.name == known_.init_subclass;
    const bool is_special = atoms_.text(entry.name).starts_with("__");
    if (which != Methods::kAll && !is_special) return false;
    if (which == Methods::kUnfollowed && is_followed) return false;
    const Function& method = *entry.value.as<Function>();
    return !method.module->is_library() &&
           codes_.outer_changes(*method.code, method.node).reaches_modules;
  });
}

Flow Interpreter::class_definition(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto definition = tree.get<syntax::ClassDef>(node);
  std::vector<Value> marks;
  if (!evaluate_list(definition.decorator_list, marks, frame)) return {Flow::kRaise};
  Class* const type = heap_.new_class();
  type->name = frame.code->atom(definition.name);
  Flow flow{};
  {
    const TypeParameters parameters(definition.type_params, frame,
                                    definition.type_params.empty() ? nullptr : heap_.scope());
    if (!evaluate_bases(definition, *type, frame)) return {Flow::kRaise};
    Scope* const scope = heap_.scope();
    scope->kind = ScopeKind::kClass;
    scope->module = frame.scope->module;
    scope->names = &type->attributes;
    scope->outer = frame.scope->kind == ScopeKind::kModule ? nullptr : frame.scope;
    type->attributes.set(known_.doc, docstring(definition.body, *frame.code));
    Frame inner{scope, frame.code, frame_, frame.line, false, false, {}};
    frame_ = &inner;
    flow = block(definition.body, inner);
    frame_ = inner.below;
    type->open |= scope->open;
    bind_slots(*type);
  }
  if (flow.kind == Flow::kRaise) return flow;
  for (const Value& base : type->bases) {
    if (class_base_error(base).is_error()) return {Flow::kRaise};
  }
  if (!tell_bases(*type, frame)) return {Flow::kRaise};
  for (const Value& base : type->bases) {
    type->reaches_modules |= base.is(Tag::kClass) && base.as<Class>()->reaches_modules;
  }
  type->reaches_modules |= has_method_that_reaches_modules(*type, Methods::kUnfollowed);
  // Others are not all followed either: by super(), by threads.
  if (type->reaches_modules || has_method_that_reaches_modules(*type, Methods::kAll))
    open_callers();
  Value value(Tag::kClass, type);
  if (!decorate(definition.decorator_list, marks, &value, frame)) return {Flow::kRaise};
  store(frame, type->name, value);
  return {};
}

bool Interpreter::tell_bases(Class& type, Frame& frame) {
  for (const Value& base : type.bases) {
    if (!base.is(Tag::kClass)) continue;
    Value hook;
    find_in_class(*base.as<Class>(), known_.init_subclass, &hook);
    if (hook.is_absent()) continue;
    type.open = true;
    if (!hook.is(Tag::kFunction)) continue;
    // Keywords are not followed, so whatever it does is only likely.
    Arguments arguments;
    arguments.positional.push_back(Value(Tag::kClass, &type));
    arguments.exact = false;
    const Flow flow = softly([&]() -> Flow {
      return call(hook, arguments, frame).is_error() ? Flow{Flow::kRaise} : Flow{};
    });
    return flow.kind != Flow::kRaise;
  }
  return true;
}

}  // namespace headwater::attribute
