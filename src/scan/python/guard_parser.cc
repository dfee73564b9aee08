#include "scan/python/guard_parser.h"

#include <algorithm>
#include <array>

namespace headwater::scan {
namespace {

/// `TYPE_CHECKING`, or a primary (Python reference, 6.3) that ends in `.TYPE_CHECKING`.
bool is_type_checking(TokenView test) {
  if (test.empty() || !test.is(test.size() - 1, "TYPE_CHECKING")) return false;
  if (test.size() == 1) return true;
  if (test.is(0, "not") || test.is(0, "await") || test.is(0, "lambda")) return false;
  if (test[0].kind == TokenKind::kOperator && !test.opens(0)) return false;
  size_t i = test.opens(0) ? test.matching(0) + 1 : 1;
  while (i < test.size()) {
    if (test.is_op(i, '(') || test.is_op(i, '[')) {
      i = test.matching(i) + 1;
    } else if (test.is_op(i, '.') && test.is_name(i + 1)) {
      i += 2;
    } else {
      return false;
    }
  }
  return true;
}

HandledErrors handled_by_name(TokenView expression) {
  const bool is_of_builtins =
      expression.size() == 3 && expression.is(0, "builtins") && expression.is_op(1, '.');
  if (expression.size() != 1 && !is_of_builtins) return {.besides = NamedBesides::kExceptions};
  const size_t at = is_of_builtins ? 2 : 0;
  if (expression.is(at, "ModuleNotFoundError")) return {Catches::kMissingModule};
  if (expression.is(at, "ImportError")) return {Catches::kImportError};
  if (expression.is(at, "Exception")) return {Catches::kException};
  if (expression.is(at, "BaseException")) return {Catches::kEverything};
  constexpr std::array kExits = {"SystemExit", "KeyboardInterrupt", "GeneratorExit"};
  const bool is_exit =
      std::ranges::any_of(kExits, [&](const char* name) { return expression.is(at, name); });
  return {.besides = is_exit ? NamedBesides::kExits : NamedBesides::kExceptions};
}

HandledErrors either(HandledErrors one, HandledErrors other) {
  return {std::max(one.most, other.most), std::max(one.besides, other.besides)};
}

HandledErrors handled_by_suppress(TokenView call) {
  for (size_t i = 0; i + 1 < call.size(); ++i) {
    if (!call.is(i, "suppress") || !call.is_op(i + 1, '(')) continue;
    if (call.matching(i + 1) != call.size() - 1 || (i > 0 && !call.is_op(i - 1, '.'))) continue;
    HandledErrors found;
    call.range(i + 2, call.size() - 1).split(',', [&](TokenView argument) {
      if (!argument.empty()) found = either(found, handled_by(argument));
    });
    return found;
  }
  return {};
}

}  // namespace

TokenView without_as(TokenView item) {
  const size_t n = item.size();
  return n >= 3 && item.is(n - 2, "as") ? item.range(0, n - 2) : item;
}

BranchGuards branch_guards(TokenView test) {
  test = test.unwrapped();
  if (test.is(0, "not") && is_type_checking(test.from(1).unwrapped()))
    return {0, kGuardTypeChecking};
  if (is_type_checking(test)) return {kGuardTypeChecking, 0};
  const auto [body, orelse] = decided_branches(test);
  return {kGuardConditional, kGuardConditional, body, orelse};
}

HandledErrors handled_by(TokenView type) {
  if (type.is_op(0, '*')) type = type.from(1);
  if (type.empty()) return {Catches::kEverything};
  type = without_as(type).unwrapped();
  HandledErrors found;
  type.split(',', [&](TokenView item) {
    const TokenView inner = item.unwrapped();
    if (inner.empty()) return;
    const bool is_tuple =
        inner.size() < type.size() && inner.size() > 3 && inner.find_outside(',') < inner.size();
    found = either(found, is_tuple ? handled_by(inner) : handled_by_name(inner));
  });
  return found;
}

HandledErrors handled_by_with(TokenView items) {
  HandledErrors found;
  items.unwrapped().split(',', [&](TokenView item) {
    found = either(found, handled_by_suppress(without_as(item).unwrapped()));
  });
  return found;
}

CaughtBesides besides_of(HandledErrors handled) {
  if (handled.most == Catches::kEverything) return CaughtBesides::kAll;
  if (handled.most == Catches::kException) return CaughtBesides::kException;
  return handled.besides == NamedBesides::kNone ? CaughtBesides::kNothing
                                                : CaughtBesides::kNotKnown;
}

}  // namespace headwater::scan
