#include "attribute/simulation/interpreter.h"
#include "attribute/simulation/node_children.h"

// Loops, `with` and `match`.

namespace headwater::attribute {
namespace {

constexpr size_t kMostRounds = 400;

/// What leaves a loop: `break` and `continue` end with it.
Flow after_loop(Flow flow) {
  constexpr uint8_t kOfLoop = Flow::kBreak | Flow::kContinue;
  if (flow.kind & kOfLoop) flow.kind = Flow::kNormal;
  flow.maybe = static_cast<uint8_t>(flow.maybe & ~kOfLoop);
  return flow;
}

}  // namespace

Flow Interpreter::for_statement(NodeId node, Frame& frame) {
  const auto loop = frame.code->tree->get<syntax::For>(node);
  const Value iterable = evaluate(loop.iter, frame);
  if (iterable.is_error()) return {Flow::kRaise};
  std::vector<Value> items;
  if (iterable.is(Tag::kNone)) return raise("TypeError").is_error() ? Flow{Flow::kRaise} : Flow{};
  if (!items_of(iterable, items) || items.size() > kMostRounds) {
    note_may_raise();
    lose_sight_of_items(iterable);
    return for_unknown(loop, frame);
  }
  uint8_t maybe = 0;
  for (const Value& item : items) {
    if (!assign(loop.target, item, frame)) return {Flow::kRaise};
    const Flow flow = block(loop.body, frame);
    maybe |= after_loop(flow).maybe;
    if (flow.kind == Flow::kBreak) return {Flow::kNormal, maybe};
    if (flow.kind == Flow::kRaise || flow.kind == Flow::kReturn) return {flow.kind, maybe};
    if (flow.maybe & (Flow::kBreak | Flow::kReturn)) {
      // Nobody knows how many rounds follow.
      lose_sight_of_items(iterable);
      const Flow rest = for_unknown(loop, frame);
      return {rest.kind, static_cast<uint8_t>(maybe | rest.maybe)};
    }
  }
  const Flow flow = block(loop.orelse, frame);
  return {flow.kind, static_cast<uint8_t>(maybe | flow.maybe)};
}

Flow Interpreter::for_unknown(const syntax::For& loop, Frame& frame) {
  const Flow body = softly([&]() -> Flow {
    if (!assign(loop.target, Value::unknown(), frame)) return {Flow::kRaise};
    return after_loop(block(loop.body, frame));
  });
  const Flow rest = softly([&] { return block(loop.orelse, frame); });
  return merged(body, rest);
}

Flow Interpreter::while_statement(NodeId node, Frame& frame) {
  const auto loop = frame.code->tree->get<syntax::While>(node);
  uint8_t maybe = 0;
  for (size_t round = 0;; ++round) {
    const Value test = evaluate(loop.test, frame);
    if (test.is_error()) return {Flow::kRaise, maybe};
    const Truth holds = truth(test);
    if (holds == Truth::kFalse) {
      const Flow flow = block(loop.orelse, frame);
      return {flow.kind, static_cast<uint8_t>(maybe | flow.maybe)};
    }
    const bool known = holds == Truth::kTrue && round < kMostRounds;
    if (!known || (maybe & (Flow::kBreak | Flow::kReturn))) {
      const Flow body = softly([&] { return after_loop(block(loop.body, frame)); });
      const Flow rest = softly([&] { return block(loop.orelse, frame); });
      const Flow both = merged(body, rest);
      const auto left = static_cast<uint8_t>(maybe & Flow::kReturn);
      return {both.kind, static_cast<uint8_t>(left | both.maybe)};
    }
    const Flow flow = block(loop.body, frame);
    maybe |= flow.maybe;
    const auto left = static_cast<uint8_t>(maybe & Flow::kReturn);
    if (flow.kind == Flow::kBreak) return {Flow::kNormal, left};
    if (flow.kind == Flow::kRaise || flow.kind == Flow::kReturn) return {flow.kind, left};
  }
}

Interpreter::Swallow Interpreter::swallows(const Value& manager,
                                           std::vector<Suppressor*>& suppressors) {
  switch (manager.tag) {
    case Tag::kSuppressor:
      suppressors.push_back(manager.as<Suppressor>());
      return Swallow::kSome;
    case Tag::kLibrary:  // open(), a lock, warnings.catch_warnings(): they let exceptions through
      return Swallow::kNever;
    case Tag::kInstance: {
      Value exit;
      find_in_class(*manager.as<Instance>()->type, known_.exit, &exit);
      if (!exit.is(Tag::kFunction)) return Swallow::kMaybe;
      const Function& function = *exit.as<Function>();
      return codes_.returns_nothing(*function.code, function.node) ? Swallow::kNever
                                                                   : Swallow::kMaybe;
    }
    default:
      return Swallow::kMaybe;
  }
}

Flow Interpreter::with_statement(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto with = tree.get<syntax::With>(node);
  std::vector<Suppressor*> suppressors;
  bool maybe_swallows = false;
  for (const NodeId each : tree.list(with.items)) {
    const auto item = tree.get<syntax::WithItem>(each);
    const Value manager = evaluate(item.context_expr, frame);
    if (manager.is_error()) return {Flow::kRaise};
    maybe_swallows |= swallows(manager, suppressors) == Swallow::kMaybe;
    if (item.optional_vars != kNoNode) {
      const Value entered = manager.is(Tag::kLibrary) ? manager : Value::unknown();
      if (!assign(item.optional_vars, entered, frame)) return {Flow::kRaise};
    }
  }
  Guarded guarded;
  Guarded* const outer = guarded_;
  if (!suppressors.empty() || maybe_swallows) guarded_ = &guarded;
  Flow flow = block(with.body, frame);
  guarded_ = outer;
  if (flow.kind != Flow::kRaise) return flow;
  Truth caught = Truth::kFalse;
  for (const Suppressor* suppressor : suppressors) {
    for (const Value& wanted : suppressor->classes) {
      const Truth match = matches(pending_->type, wanted);
      if (match != Truth::kFalse && caught != Truth::kTrue) caught = match;
    }
  }
  if (caught == Truth::kTrue) {
    take_pending();
    return {Flow::kNormal, flow.maybe};
  }
  if (caught == Truth::kUnknown || maybe_swallows) {
    drop(*take_pending());
    return {Flow::kNormal, flow.maybe};
  }
  return flow;
}

Flow Interpreter::match_statement(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto match = tree.get<syntax::Match>(node);
  const Value subject = evaluate(match.subject, frame);
  if (subject.is_error()) return {Flow::kRaise};
  uint8_t maybe = 0;
  bool may_be_done = false;
  for (const NodeId each : tree.list(match.cases)) {
    const auto one = tree.get<syntax::MatchCase>(each);
    bool failed = false;
    Truth matched = match_pattern(one.pattern, subject, frame, &failed);
    if (failed) return {Flow::kRaise};
    if (matched == Truth::kFalse) continue;
    const auto run = [&]() -> Flow {
      bind_pattern_names(one.pattern, frame);
      return block(one.body, frame);
    };
    if (matched == Truth::kTrue && one.guard != kNoNode) {
      bind_pattern_names(one.pattern, frame);
      const Value guard = evaluate(one.guard, frame);
      if (guard.is_error()) return {Flow::kRaise};
      matched = truth(guard);
      if (matched == Truth::kFalse) continue;
    }
    if (matched == Truth::kTrue && !may_be_done) return run();
    const Flow flow = softly(run);
    maybe |= flow.maybe;
    if (matched == Truth::kTrue) break;
    may_be_done = true;
  }
  return {Flow::kNormal, maybe};
}

Truth Interpreter::match_pattern(NodeId pattern, const Value& subject, Frame& frame, bool* failed) {
  const SyntaxTree& tree = *frame.code->tree;
  switch (tree.kind(pattern)) {
    case NodeKind::kMatchAs: {
      const auto as = tree.get<syntax::MatchAs>(pattern);
      return as.pattern == kNoNode ? Truth::kTrue
                                   : match_pattern(as.pattern, subject, frame, failed);
    }
    case NodeKind::kMatchValue:
    case NodeKind::kMatchSingleton: {
      const Value value = evaluate(tree.get<syntax::MatchValue>(pattern).value, frame);
      *failed = value.is_error();
      return *failed ? Truth::kUnknown : equal(subject, value);
    }
    case NodeKind::kMatchOr: {
      Truth any = Truth::kFalse;
      for (const NodeId each : tree.list(tree.get<syntax::MatchSequence>(pattern).patterns)) {
        const Truth one = match_pattern(each, subject, frame, failed);
        if (*failed || one == Truth::kTrue) return one;
        if (one == Truth::kUnknown) any = one;
      }
      return any;
    }
    default:
      return Truth::kUnknown;
  }
}

void Interpreter::bind_pattern_names(NodeId pattern, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  NameId name = kNoName;
  if (tree.kind(pattern) == NodeKind::kMatchAs) {
    name = tree.get<syntax::MatchAs>(pattern).name;
  } else if (tree.kind(pattern) == NodeKind::kMatchStar) {
    name = tree.get<syntax::MatchStar>(pattern).name;
  } else if (tree.kind(pattern) == NodeKind::kMatchMapping) {
    name = tree.get<syntax::MatchMapping>(pattern).rest;
  }
  if (name != kNoName) store(frame, frame.code->atom(name), Value::unknown());
  std::vector<NodeId> children;
  append_children(tree, pattern, children);
  for (const NodeId child : children) {
    if (tree.kind(child) >= NodeKind::kMatchValue) bind_pattern_names(child, frame);
  }
}

}  // namespace headwater::attribute
