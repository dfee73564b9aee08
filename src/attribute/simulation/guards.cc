#include <algorithm>

#include "attribute/simulation/interpreter.h"

// `try`, `raise` and which handler takes what (rules 19 to 23).

namespace headwater::attribute {
namespace {

Truth any_of(Truth a, Truth b) {
  if (a == Truth::kTrue || b == Truth::kTrue) return Truth::kTrue;
  return a == Truth::kUnknown || b == Truth::kUnknown ? Truth::kUnknown : Truth::kFalse;
}

}  // namespace

Truth Interpreter::matches(const Value& type, const Value& wanted) {
  if (wanted.is_sequence()) {
    Truth any = wanted.sequence()->open ? Truth::kUnknown : Truth::kFalse;
    for (const Value& each : wanted.sequence()->items) any = any_of(any, matches(type, each));
    return any;
  }
  if (type.is_unknown()) {
    // Whatever it is, it is an exception.
    const bool catches_all =
        wanted == exception_class("BaseException") || wanted == exception_class("Exception");
    return catches_all ? Truth::kTrue : Truth::kUnknown;
  }
  if (type == wanted) return Truth::kTrue;
  if (type.is(Tag::kBuiltinClass)) {
    if (wanted.is(Tag::kBuiltinClass)) {
      return exception_is_a(type.number(), wanted.number()) ? Truth::kTrue : Truth::kFalse;
    }
    // A class that is written in Python, or of the library, is no base of a built-in one; but the
    // name may stand for a built-in one.
    if (wanted.is(Tag::kClass) || wanted.is_plain()) return Truth::kFalse;
    if (wanted.is(Tag::kLibrary)) return Truth::kFalse;
    return Truth::kUnknown;
  }
  if (!type.is(Tag::kClass)) return Truth::kUnknown;
  const Class& derived = *type.as<Class>();
  Truth any = derived.open ? Truth::kUnknown : Truth::kFalse;
  for (const Value& base : derived.bases) any = any_of(any, matches(base, wanted));
  return any;
}

Truth Interpreter::handles(NodeId handler, const Value& type, Frame& frame, bool* failed) {
  const SyntaxTree& tree = *frame.code->tree;
  const NodeId wanted = tree.get<syntax::ExceptHandler>(handler).type;
  if (wanted == kNoNode) return Truth::kTrue;
  frame.line = tree.line(handler);
  const Value value = evaluate(wanted, frame);
  *failed = value.is_error();
  return *failed ? Truth::kUnknown : matches(type, value);
}

Flow Interpreter::try_statement(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto guard = tree.get<syntax::Try>(node);
  Guarded guarded;
  Guarded* const outer = guarded_;
  if (!guard.handlers.empty()) guarded_ = &guarded;
  Journal journal;
  open_journal(journal);
  Flow flow = block(guard.body, frame);
  close_journal(journal);
  guarded_ = outer;
  if (flow.kind == Flow::kRaise) {
    flow = run_handlers(guard, frame);
  } else if (guarded.may_raise || guarded.may_raise_import) {
    flow = merged_with_handlers(guard, guarded, flow, journal.changes, frame);
  } else if (flow.is_normal()) {
    const Flow rest = block_after(guard.orelse, flow, frame);
    flow = {rest.kind, static_cast<uint8_t>(flow.maybe | rest.maybe)};
  }
  return finally(guard, flow, frame);
}

Flow Interpreter::block_after(NodeList body, Flow before, Frame& frame) {
  return before.maybe != 0 ? rest_softly(body, 0, frame) : block(body, frame);
}

Flow Interpreter::run_handlers(const syntax::Try& guard, Frame& frame) {
  Error* const error = take_pending();
  handling_.push_back(error);  // while the handlers' classes are evaluated
  NodeId chosen = kNoNode;
  Truth match = Truth::kFalse;
  bool failed = false;
  for (const NodeId handler : frame.code->tree->list(guard.handlers)) {
    match = handles(handler, error->type, frame, &failed);
    if (failed || match != Truth::kFalse) {
      chosen = handler;
      break;
    }
  }
  handling_.pop_back();
  if (failed) return {Flow::kRaise};
  if (chosen == kNoNode) {
    pending_ = error;
    return {Flow::kRaise};
  }
  if (match == Truth::kTrue) return run_handler(chosen, error, frame);
  const Flow flow = softly([&] { return run_handler(chosen, error, frame); });
  drop(*error);  // it may have passed
  return flow;
}

Flow Interpreter::run_handler(NodeId node, Error* error, Frame& frame) {
  const auto handler = frame.code->tree->get<syntax::ExceptHandler>(node);
  const Atom name = frame.code->atom(handler.name);
  if (name != kNoAtom) {
    ExceptionObject* const caught = heap_.exception();
    caught->type = error->type;
    caught->message = error->message;
    caught->error = error;
    store(frame, name, Value(Tag::kException, caught));
  }
  handling_.push_back(error);
  const Flow flow = block(handler.body, frame);
  handling_.pop_back();
  if (name != kNoAtom) bind(space_of(frame, name), name, Value());  // rule 20
  return flow;
}

bool Interpreter::catches_unknown(NodeId node, const Guarded& guarded, Frame& frame) {
  const NodeId type = frame.code->tree->get<syntax::ExceptHandler>(node).type;
  if (type == kNoNode) return true;
  // Evaluating a handler's class twice does no harm; what it raises is raised when it is needed.
  const Value wanted = evaluate(type, frame);
  if (wanted.is_error()) {
    take_pending();
    return false;
  }
  const auto is_import_error = [&](const Value& each) {
    return each.is(Tag::kBuiltinClass) &&
           exception_is_a(each.number(), exception_class("ImportError").number());
  };
  bool only_imports = is_import_error(wanted);
  if (wanted.is(Tag::kTuple)) {
    only_imports = std::ranges::all_of(wanted.sequence()->items, is_import_error);
  }
  if (only_imports) return guarded.may_raise_import;
  return true;
}

Flow Interpreter::merged_with_handlers(const syntax::Try& guard, const Guarded& guarded, Flow flow,
                                       const std::vector<Change>& changes, Frame& frame) {
  std::vector<NodeId> handlers;
  for (const NodeId handler : frame.code->tree->list(guard.handlers)) {
    if (catches_unknown(handler, guarded, frame)) handlers.push_back(handler);
  }
  if (handlers.empty()) {
    if (!flow.is_normal()) return flow;
    const Flow rest = block_after(guard.orelse, flow, frame);
    return {rest.kind, static_cast<uint8_t>(flow.maybe | rest.maybe)};
  }
  // A handler begins somewhere on the way: what the body bound may or may not be there.
  const auto through = [&]() -> Flow {
    return flow.is_normal() ? block(guard.orelse, frame) : flow;
  };
  const auto caught = [&]() -> Flow {
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
      bind(*change->space, change->name,
           either_of(change->before, change->space->get(change->name)));
    }
    Flow any{};
    bool is_first = true;
    for (const NodeId handler : handlers) {
      Error* const error = new_error(Value::unknown());
      const Flow one = softly([&] { return run_handler(handler, error, frame); });
      any = is_first ? one : merged(any, one);
      is_first = false;
    }
    return any;
  };
  const Flow both = either(through, caught);
  return {both.kind, static_cast<uint8_t>(both.maybe | flow.maybe)};
}

Flow Interpreter::finally(const syntax::Try& guard, Flow flow, Frame& frame) {
  if (guard.finalbody.empty()) return flow;
  Error* const error = flow.kind == Flow::kRaise ? take_pending() : nullptr;
  if (error != nullptr) handling_.push_back(error);
  const Flow last = block(guard.finalbody, frame);
  if (error != nullptr) handling_.pop_back();
  if (!last.is_normal()) return last;
  if (error != nullptr) pending_ = error;
  return {flow.kind, static_cast<uint8_t>(flow.maybe | last.maybe)};
}

Flow Interpreter::raise_statement(NodeId node, Frame& frame) {
  const auto statement = frame.code->tree->get<syntax::Raise>(node);
  if (statement.exc == kNoNode) {
    if (handling_.size() > handling_base_) {
      pending_ = handling_.back();
      return {Flow::kRaise};
    }
    return raise("RuntimeError").is_error() ? Flow{Flow::kRaise} : Flow{};
  }
  const Value value = evaluate(statement.exc, frame);
  if (value.is_error()) return {Flow::kRaise};
  Value cause;
  if (statement.cause != kNoNode) {
    cause = evaluate(statement.cause, frame);
    if (cause.is_error()) return {Flow::kRaise};
  }
  frame.line = frame.code->tree->line(node);
  Error* error = nullptr;
  if (value.is(Tag::kException) && value.as<ExceptionObject>()->error != nullptr) {
    error = value.as<ExceptionObject>()->error;
  } else {
    const bool is_class = value.is(Tag::kClass) || value.is(Tag::kBuiltinClass);
    error = new_error(value.is(Tag::kException) ? value.as<ExceptionObject>()->type
                      : is_class                ? value
                                                : Value::unknown());
    if (value.is(Tag::kException)) error->message = value.as<ExceptionObject>()->message;
    describe_attribute_error(*error);
  }
  if (cause.is(Tag::kException) && cause.as<ExceptionObject>()->error != nullptr) {
    error->context = cause.as<ExceptionObject>()->error;
  }
  if (is_repaired(*error)) return {};
  pending_ = error;
  return {Flow::kRaise};
}

}  // namespace headwater::attribute
