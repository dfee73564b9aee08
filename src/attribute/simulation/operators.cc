#include <optional>

#include "attribute/simulation/interpreter.h"

// Operators on what is known. What is not computed exactly is unknown.

namespace headwater::attribute {
namespace {

std::optional<int64_t> as_integer(const Value& value) {
  if (value.is(Tag::kInt) || value.is(Tag::kBool)) return value.number();
  return {};
}

Truth of(bool value) { return value ? Truth::kTrue : Truth::kFalse; }

}  // namespace

Truth Interpreter::truth(const Value& value) {
  switch (value.tag) {
    case Tag::kNone:
      return Truth::kFalse;
    case Tag::kBool:
    case Tag::kInt:
      return of(value.number() != 0);
    case Tag::kString:
      return of(!text(value).empty());
    case Tag::kConstant:
      return static_cast<Truth>(value.number());
    case Tag::kTuple:
    case Tag::kList:
    case Tag::kSet:
      if (value.sequence()->open) return Truth::kUnknown;
      return of(!value.sequence()->items.empty());
    case Tag::kDict:
      if (value.as<Dictionary>()->open) return Truth::kUnknown;
      return of(!value.as<Dictionary>()->items.empty());
    case Tag::kModule:
    case Tag::kFunction:
    case Tag::kBoundMethod:
    case Tag::kBuiltinClass:
    case Tag::kException:
    case Tag::kNative:
    case Tag::kBoundNative:
    case Tag::kGlobals:
    case Tag::kFrameGlobals:
    case Tag::kSysModules:
      return Truth::kTrue;
    default:
      return Truth::kUnknown;
  }
}

Value Interpreter::unary_operation(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const Value value = evaluate(tree.get<syntax::UnaryOp>(node).operand, frame);
  if (value.is_error()) return value;
  if (tree.unary_operator(node) == UnaryOperator::kNot) return Value::of(negated(truth(value)));
  const auto number = as_integer(value);
  if (!number) return Value::unknown();
  switch (tree.unary_operator(node)) {
    case UnaryOperator::kSub:
      return Value::integer(-*number);
    case UnaryOperator::kInvert:
      return Value::integer(~*number);
    default:
      return Value::integer(*number);
  }
}

Value Interpreter::binary(BinaryOperator op, const Value& left, const Value& right) {
  const auto a = as_integer(left), b = as_integer(right);
  if (a && b) {
    constexpr int64_t kSmall = 1LL << 30;  // far from any overflow
    const bool divides =
        op == BinaryOperator::kDiv || op == BinaryOperator::kFloorDiv || op == BinaryOperator::kMod;
    if (divides && *b == 0) return raise("ZeroDivisionError");
    if (*a > kSmall || *a < -kSmall || *b > kSmall || *b < -kSmall) {
      return Value::constant(Truth::kUnknown);
    }
    switch (op) {
      case BinaryOperator::kAdd:
        return Value::integer(*a + *b);
      case BinaryOperator::kSub:
        return Value::integer(*a - *b);
      case BinaryOperator::kMult:
        return Value::integer(*a * *b);
      case BinaryOperator::kBitOr:
        return Value::integer(*a | *b);
      case BinaryOperator::kBitAnd:
        return Value::integer(*a & *b);
      default:
        return Value::constant(Truth::kUnknown);
    }
  }
  if (op == BinaryOperator::kAdd && left.is_string() && right.is_string()) {
    std::string joined(text(left));
    return make_string(joined.append(text(right)));
  }
  const bool are_lists = (left.is(Tag::kList) && right.is(Tag::kList)) ||
                         (left.is(Tag::kTuple) && right.is(Tag::kTuple));
  if (op == BinaryOperator::kAdd && are_lists) {
    Sequence* const joined = heap_.sequence();
    *joined = *left.sequence();
    joined->open |= right.sequence()->open;
    joined->items.insert(joined->items.end(), right.sequence()->items.begin(),
                         right.sequence()->items.end());
    return Value(left.tag, joined);
  }
  if (op == BinaryOperator::kAdd && left.is_sequence()) {
    // A list and what is no known list: a longer one.
    Sequence* const joined = heap_.sequence();
    *joined = *left.sequence();
    joined->open = true;
    return Value(left.tag, joined);
  }
  if (op == BinaryOperator::kMod && left.is_string() && right.is_string()) {
    std::string out(text(left));
    const size_t place = out.find("%s");
    if (place != std::string::npos && out.find('%') == place && out.rfind('%') == place) {
      return make_string(out.replace(place, 2, text(right)));
    }
  }
  const bool computed = left.is(Tag::kLibrary) || right.is(Tag::kLibrary);
  if (!computed) note_may_raise();
  return Value::unknown();
}

Truth Interpreter::equal(const Value& left, const Value& right) const {
  const auto a = as_integer(left), b = as_integer(right);
  if (a && b) return of(*a == *b);
  if (left.is_string() && right.is_string()) return of(left == right);
  if (left.is_plain() && right.is_plain()) {
    if (left.is(Tag::kNone) && right.is(Tag::kNone)) return Truth::kTrue;
    return Truth::kFalse;
  }
  if (left.is(Tag::kTuple) && right.is(Tag::kTuple)) {
    const Sequence& one = *left.sequence();
    const Sequence& two = *right.sequence();
    if (one.open || two.open) return Truth::kUnknown;
    if (one.items.size() != two.items.size()) return Truth::kFalse;
    Truth all = Truth::kTrue;
    for (size_t i = 0; i < one.items.size(); ++i) {
      const Truth same = equal(one.items[i], two.items[i]);
      if (same == Truth::kFalse) return same;
      if (same == Truth::kUnknown) all = same;
    }
    return all;
  }
  return Truth::kUnknown;
}

Truth Interpreter::less(const Value& left, const Value& right, bool or_equal) const {
  const auto a = as_integer(left), b = as_integer(right);
  if (a && b) return of(or_equal ? *a <= *b : *a < *b);
  if (left.is_string() && right.is_string()) {
    return of(or_equal ? text(left) <= text(right) : text(left) < text(right));
  }
  if (!left.is(Tag::kTuple) || !right.is(Tag::kTuple)) return Truth::kUnknown;
  const Sequence& one = *left.sequence();
  const Sequence& two = *right.sequence();
  if (one.open || two.open) return Truth::kUnknown;
  for (size_t i = 0; i < one.items.size() && i < two.items.size(); ++i) {
    const Truth same = equal(one.items[i], two.items[i]);
    if (same == Truth::kUnknown) return same;
    if (same == Truth::kFalse) return less(one.items[i], two.items[i], false);
  }
  if (one.items.size() == two.items.size()) return of(or_equal);
  return of(one.items.size() < two.items.size());
}

Truth Interpreter::contains(const Value& holder, const Value& item) {
  if (holder.is_string() && item.is_string()) {
    return of(text(holder).find(text(item)) != std::string_view::npos);
  }
  if (holder.is(Tag::kEnvironment) && item.is_string()) {
    return is_common_variable(text(item)) ? Truth::kUnknown : Truth::kFalse;
  }
  if (holder.is(Tag::kGlobals) && item.is_string()) {
    const Module& module = *holder.module();
    if (module.globals.has(item.atom())) return Truth::kTrue;
    return may_have(module, item.atom()) ? Truth::kUnknown : Truth::kFalse;
  }
  bool open = false;
  Truth any = Truth::kFalse;
  const auto look_at = [&](const Value& each) {
    const Truth same = each == item && !each.is_unknown() && !each.is(Tag::kConstant)
                           ? Truth::kTrue
                           : equal(each, item);
    if (same == Truth::kTrue || any == Truth::kFalse) any = any == Truth::kTrue ? any : same;
  };
  if (holder.is_sequence()) {
    open = holder.sequence()->open;
    for (const Value& each : holder.sequence()->items) look_at(each);
  } else if (holder.is(Tag::kDict)) {
    open = holder.as<Dictionary>()->open;
    for (const auto& each : holder.as<Dictionary>()->items) look_at(each.key);
  } else {
    return Truth::kUnknown;
  }
  return any == Truth::kFalse && open ? Truth::kUnknown : any;
}

Truth Interpreter::identical(const Value& left, const Value& right) const {
  if (left.is_unknown() || right.is_unknown()) return Truth::kUnknown;
  if (left.is(Tag::kNone) || right.is(Tag::kNone)) return of(left.tag == right.tag);
  if (left.is(Tag::kConstant) || right.is(Tag::kConstant)) return Truth::kUnknown;
  if (left == right) return Truth::kTrue;
  if (left.is(Tag::kBool) && right.is(Tag::kBool)) return Truth::kFalse;
  const bool are_objects = !left.is_plain() && !right.is_plain() && left.tag != right.tag;
  return are_objects ? Truth::kFalse : Truth::kUnknown;
}

Value Interpreter::compare(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto comparison = tree.get<syntax::Compare>(node);
  const auto operators = tree.list(comparison.ops);
  const auto comparators = tree.list(comparison.comparators);
  Value left = evaluate(comparison.left, frame);
  if (left.is_error()) return left;
  Truth all = Truth::kTrue;
  for (size_t i = 0; i < operators.size(); ++i) {
    const Value right = evaluate(comparators[i], frame);
    if (right.is_error()) return right;
    const Truth holds = compare_once(operators[i], left, right);
    if (holds == Truth::kFalse) return Value::boolean(false);
    if (holds == Truth::kUnknown) all = holds;
    left = right;
  }
  return all == Truth::kUnknown ? Value::library() : Value::boolean(true);
}

Truth Interpreter::compare_once(CompareOperator op, const Value& left, const Value& right) {
  switch (op) {
    case CompareOperator::kEq:
      return equal(left, right);
    case CompareOperator::kNotEq:
      return negated(equal(left, right));
    case CompareOperator::kLess:
      return less(left, right, false);
    case CompareOperator::kLessEq:
      return less(left, right, true);
    case CompareOperator::kGreater:
      return less(right, left, false);
    case CompareOperator::kGreaterEq:
      return less(right, left, true);
    case CompareOperator::kIs:
      return identical(left, right);
    case CompareOperator::kIsNot:
      return negated(identical(left, right));
    case CompareOperator::kIn:
      return contains(right, left);
    case CompareOperator::kNotIn:
      return negated(contains(right, left));
  }
  return Truth::kUnknown;
}

Value Interpreter::subscript(NodeId node, Frame& frame) {
  const SyntaxTree& tree = *frame.code->tree;
  const auto access = tree.get<syntax::Subscript>(node);
  const Value holder = evaluate(access.value, frame);
  if (holder.is_error()) return holder;
  if (tree.kind(access.slice) == NodeKind::kSlice) {
    const auto slice = tree.get<syntax::Slice>(access.slice);
    if (evaluate_children(access.slice, frame).is_error()) return Value::error();
    const bool from_start = slice.lower == kNoNode && slice.step == kNoNode;
    if (!from_start || slice.upper == kNoNode || !holder.is(Tag::kTuple)) return Value::unknown();
    const Value upper = evaluate(slice.upper, frame);
    const Sequence& all = *holder.sequence();
    const bool inside = upper.is(Tag::kInt) && upper.number() >= 0 && !all.open &&
                        static_cast<size_t>(upper.number()) <= all.items.size();
    if (!inside) return Value::unknown();
    Sequence* const part = heap_.sequence();
    part->items.assign(all.items.begin(), all.items.begin() + upper.number());
    return Value(Tag::kTuple, part);
  }
  const Value key = evaluate(access.slice, frame);
  if (key.is_error()) return key;
  frame.line = tree.line(node);
  // What a container has lost or got elsewhere is not followed well enough to raise for it; a
  // display right here is known.
  const NodeKind kind = tree.kind(access.value);
  const bool is_display =
      kind == NodeKind::kDict || kind == NodeKind::kList || kind == NodeKind::kTuple;
  return item(holder, key, is_display);
}

Value Interpreter::item(const Value& holder, const Value& key, bool may_raise) {
  switch (holder.tag) {
    case Tag::kDict: {
      const Dictionary& dictionary = *holder.as<Dictionary>();
      for (const auto& each : dictionary.items) {
        if (key.is_plain() && each.key == key) {
          return dictionary.open ? Value::unknown() : each.value;
        }
      }
      if (may_raise && key.is_plain() && !dictionary.open) return raise("KeyError");
      break;
    }
    case Tag::kTuple:
    case Tag::kList: {
      const Sequence& all = *holder.sequence();
      if (!key.is(Tag::kInt) || all.open) break;
      const auto size = static_cast<int64_t>(all.items.size());
      const int64_t place = key.number() < 0 ? key.number() + size : key.number();
      if (place >= 0 && place < size) return all.items[static_cast<size_t>(place)];
      if (may_raise) return raise("IndexError");
      break;
    }
    case Tag::kGlobals:
      if (key.is_string()) {
        const Value value = holder.module()->globals.get(key.atom());
        if (!value.is_absent()) return value;
        if (!may_have(*holder.module(), key.atom()) && holder.module()->opacity == Opacity::kRun) {
          return raise("KeyError");
        }
      }
      break;
    case Tag::kSysModules:
      if (key.is_string()) {
        const Value module = modules_.get(key.atom());
        if (!module.is_absent()) return module;
      } else {
        show_callers();
      }
      break;
    case Tag::kNone:
      return raise("TypeError");
    case Tag::kLibrary:
      return Value::library();
    default:
      break;
  }
  // It may be any of them.
  lose_sight_of_items(holder);
  note_may_raise();
  return Value::unknown();
}

}  // namespace headwater::attribute
