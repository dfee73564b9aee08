#include <algorithm>

#include "attribute/simulation/interpreter.h"
#include "attribute/simulation/names.h"

// Calls at import time: functions that are known are entered, the rest is unknown.

namespace headwater::attribute {

Value Interpreter::call_expression(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto expression = tree.get<syntax::Call>(node);
  const Value function = evaluate(expression.func, frame);
  if (function.is_error()) return function;
  Arguments arguments;
  for (const NodeId each : tree.list(expression.args)) {
    const bool is_starred = tree.kind(each) == NodeKind::kStarred;
    const Value value = evaluate(is_starred ? tree.get<syntax::Starred>(each).value : each, frame);
    if (value.is_error()) return value;
    if (!is_starred) {
      arguments.positional.push_back(value);
      continue;
    }
    std::vector<Value> items;
    arguments.exact &= items_of(value, items);
    arguments.positional.insert(arguments.positional.end(), items.begin(), items.end());
  }
  for (const NodeId each : tree.list(expression.keywords)) {
    const auto keyword = tree.get<syntax::Keyword>(each);
    const Value value = evaluate(keyword.value, frame);
    if (value.is_error()) return value;
    arguments.exact &= keyword.arg != kNoName;
    arguments.keywords.emplace_back(frame.code->atom(keyword.arg), value);
  }
  frame.line = tree.line(node);
  return call(function, arguments, frame);
}

Value Interpreter::call(const Value& function, const Arguments& arguments, Frame& frame) {
  switch (function.tag) {
    case Tag::kFunction:
      return enter(*function.as<Function>(), arguments);
    case Tag::kBoundMethod: {
      const BoundMethod& method = *function.as<BoundMethod>();
      Arguments with_self = arguments;
      with_self.positional.insert(with_self.positional.begin(), method.self);
      return enter(*method.function, with_self);
    }
    case Tag::kClass:
    case Tag::kBuiltinClass:
      return call_class(function, arguments, frame);
    case Tag::kNative:
      return call_native(static_cast<Native>(function.number()), Value(), arguments, frame);
    case Tag::kBoundNative: {
      const BoundNative& method = *function.as<BoundNative>();
      const std::string_view name = atoms_.text(method.name);
      switch (static_cast<Native>(method.native)) {
        case Native::kStringMethod:
          return string_method(method.owner, name, arguments);
        case Native::kListMethod:
          return list_method(method.owner, name, arguments);
        case Native::kDictMethod:
          return dict_method(method.owner, name, arguments);
        case Native::kGlobalsMethod:
          return globals_method(*method.owner.module(), name, arguments);
        case Native::kFrameGlobalsMethod:
          if (!only_reads_mapping(name)) open_callers();
          return Value::unknown();
        case Native::kSysModulesMethod:
          return modules_method(name, arguments);
        case Native::kFindDistribution:
          return find_distribution(*method.owner.module(), arguments);
        case Native::kEnvironmentMethod:
          return name == "get" ? environment_variable(arguments) : Value::library();
        default:
          return path_method(method.owner, name, frame);
      }
    }
    case Tag::kNone:
    case Tag::kBool:
    case Tag::kInt:
    case Tag::kString:
      return raise("TypeError");  // is not callable
    case Tag::kModule:
      if (function.module()->opacity == Opacity::kRun) return raise("TypeError");
      return Value::unknown();
    default:
      return call_unknown(function, arguments, frame);
  }
}

namespace {

bool holds_globals(const Value& value) {
  const auto is_one = [](const Value& each) { return each.is(Tag::kGlobals); };
  if (value.is_sequence()) return std::ranges::any_of(value.sequence()->items, is_one);
  return value.is(Tag::kDict) &&
         std::ranges::any_of(value.as<Dictionary>()->items,
                             [&](const Dictionary::Item& item) { return is_one(item.value); });
}

}  // namespace

/// Functions that give their caller names, as zope.deferredimport.deprecated() does, are mostly
/// told them by keywords.
void Interpreter::note_keywords(const Arguments& arguments, Module& caller) {
  for (const auto& [name, value] : arguments.keywords) {
    if (name != kNoAtom) note_may_have(caller, name);
  }
}

/// What is called is not followed, and gets these.
void Interpreter::hand_over(const Arguments& arguments, bool to_library) {
  Module& module = *frame_->scope->module;
  const auto look_at = [&](const Value& value) {
    const bool is_method_of_globals =
        value.is(Tag::kBoundNative) && value.as<BoundNative>()->owner.is(Tag::kGlobals);
    if (is_method_of_globals) escape(value.as<BoundNative>()->owner);
    // The library calls functions, and changes nothing else that it gets.
    if (to_library && !value.is(Tag::kFunction) && !value.is(Tag::kClass) &&
        !value.is(Tag::kBoundMethod) && !value.is(Tag::kGlobals) && !holds_globals(value)) {
      return;
    }
    escape(value);
    if (to_library) return;
    if (value.is(Tag::kModule)) value.module()->open = true;
    if (value.is_string() && value.atom() == module.name) {
      module.open = true;
      note_injection();
    }
  };
  for (const Value& value : arguments.positional) look_at(value);
  for (const auto& [name, value] : arguments.keywords) look_at(value);
}

Value Interpreter::call_unknown(const Value& function, const Arguments& arguments, Frame& frame) {
  note_may_raise();
  const bool to_library = function.is(Tag::kLibrary);
  hand_over(arguments, to_library);
  if (to_library) return Value::library();
  note_keywords(arguments, *frame.scope->module);
  return Value::unknown();
}

bool Interpreter::is_exception_class(const Value& value) const {
  if (value.is(Tag::kBuiltinClass)) return value.number() >= 0 && value.number() < kFirstOtherType;
  if (!value.is(Tag::kClass)) return false;
  const auto& bases = value.as<Class>()->bases;
  return std::ranges::any_of(bases, [&](const Value& base) { return is_exception_class(base); });
}

Value Interpreter::call_class(const Value& type, const Arguments& arguments, Frame& frame) {
  if (is_exception_class(type)) {
    ExceptionObject* const made = heap_.exception();
    made->type = type;
    if (!arguments.positional.empty() && arguments.positional[0].is_string()) {
      made->message = arguments.positional[0].atom();
    }
    if (type.is(Tag::kClass)) {  // its constructor is not followed
      Value init;
      find_in_class(*type.as<Class>(), known_.init, &init);
      if (init.is(Tag::kFunction)) escape_changed_by(*init.as<Function>());
      hand_over(arguments, true);
    }
    return Value(Tag::kException, made);
  }
  if (!type.is(Tag::kClass)) {
    const bool is_of_class = type.number() == kClassMethodType;
    const auto& given = arguments.positional;
    if ((is_of_class || type.number() == kStaticMethodType) && arguments.exact &&
        given.size() == 1 && given[0].is(Tag::kFunction)) {
      Function* const wrapped = heap_.function();
      *wrapped = *given[0].as<Function>();
      wrapped->binds = is_of_class ? Binds::kClass : Binds::kNothing;
      return Value(Tag::kFunction, wrapped);
    }
    // What other wrappers give is called as the code that they wrap.
    hand_over(arguments, true);
    const bool wraps_code = std::ranges::any_of(
        arguments.positional, [](const Value& value) { return value.is(Tag::kFunction); });
    return wraps_code ? Value::unknown() : Value::library();
  }
  Class& known = *type.as<Class>();
  Value maker;
  find_in_class(known, known_.new_, &maker);
  if (!maker.is_absent() || known.open) return call_unknown(type, arguments, frame);
  if (known.reaches_modules) open_callers();
  Instance* const instance = heap_.instance();
  instance->type = &known;
  const Value made(Tag::kInstance, instance);
  Value init;
  find_in_class(known, known_.init, &init);
  if (init.is(Tag::kFunction)) {
    Arguments with_self = arguments;
    with_self.positional.insert(with_self.positional.begin(), made);
    if (enter(*init.as<Function>(), with_self).is_error()) return Value::error();
  } else {
    for (const Value& value : arguments.positional) escape(value);
  }
  return made;
}

void Interpreter::bind_parameters(const Function& function, const Arguments& arguments,
                                  Scope& scope) {
  const SyntaxTree& tree = *function.code->tree;
  const NodeId node = tree.kind(function.node) == NodeKind::kLambda
                          ? tree.get<syntax::Lambda>(function.node).args
                          : tree.get<syntax::FunctionDef>(function.node).args;
  const auto parameters = tree.get<syntax::Arguments>(node);
  const auto atom = [&](NodeId arg) { return function.code->atom(tree.get<syntax::Arg>(arg).arg); };
  std::vector<Atom> positional;
  for (const NodeList list : {parameters.posonlyargs, parameters.args}) {
    for (const NodeId arg : tree.list(list)) positional.push_back(atom(arg));
  }
  NameSpace& names = *scope.names;
  const size_t without_default = positional.size() - function.defaults.size();
  for (size_t i = 0; i < positional.size(); ++i) {
    const bool has_default = arguments.exact && i >= without_default;
    names.set(positional[i],
              has_default ? function.defaults[i - without_default] : Value::unknown());
  }
  const auto keyword_only = tree.list(parameters.kwonlyargs);
  for (size_t i = 0; i < keyword_only.size(); ++i) {
    const Value& value = function.kw_defaults[i];
    names.set(atom(keyword_only[i]),
              value.is_absent() || !arguments.exact ? Value::unknown() : value);
  }
  Sequence* const rest = heap_.sequence();
  Dictionary* const named = heap_.dictionary();
  rest->open = named->open = !arguments.exact;
  if (arguments.exact) {
    for (size_t i = 0; i < arguments.positional.size(); ++i) {
      if (i < positional.size()) {
        names.set(positional[i], arguments.positional[i]);
      } else {
        rest->items.push_back(arguments.positional[i]);
      }
    }
    for (const auto& [name, value] : arguments.keywords) {
      if (names.has(name)) {
        names.set(name, value);
      } else {
        named->items.push_back({Value::string(name), value});
      }
    }
  }
  if (parameters.vararg != kNoNode) names.set(atom(parameters.vararg), Value(Tag::kTuple, rest));
  if (parameters.kwarg != kNoNode) names.set(atom(parameters.kwarg), Value(Tag::kDict, named));
}

Value Interpreter::enter(Function& function, const Arguments& arguments) {
  constexpr uint32_t kMostCalls = 60;
  const SyntaxTree& tree = *function.code->tree;
  const NodeKind kind = tree.kind(function.node);
  const bool runs = kind != NodeKind::kAsyncFunctionDef && calls_ < kMostCalls &&
                    !stack_is_short() && !codes_.is_generator(*function.code, function.node);
  if (!runs) {
    escape_changed_by(function);
    hand_over(arguments, false);
    return Value::unknown();
  }
  Scope* const scope = heap_.scope();
  scope->kind = ScopeKind::kFunction;
  scope->module = function.module;
  scope->names = &scope->own;
  scope->outer = function.outer;
  bind_parameters(function, arguments, *scope);
  Frame inner{scope, function.code, frame_, tree.line(function.node), false, false, {}};
  frame_ = &inner;
  ++calls_;
  Value result = Value::none();
  if (kind == NodeKind::kLambda) {
    result = evaluate(tree.get<syntax::Lambda>(function.node).body, inner);
  } else {
    const Flow flow = block(tree.get<syntax::FunctionDef>(function.node).body, inner);
    if (flow.kind == Flow::kRaise) {
      result = Value::error();
    } else if (inner.has_returned) {
      result =
          flow.kind == Flow::kReturn ? inner.returned : either_of(inner.returned, Value::none());
    }
  }
  --calls_;
  frame_ = inner.below;
  return steps_ > 0 && out_of_budget() && !result.is_error() ? Value::unknown() : result;
}

}  // namespace headwater::attribute
