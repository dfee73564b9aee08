#include "scan/python/guard_parser.h"

#include <algorithm>

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

Catches caught_by_name(TokenView expression) {
  const auto known = [&](size_t i) {
    if (expression.is(i, "ModuleNotFoundError")) return Catches::kMissingModule;
    if (expression.is(i, "ImportError")) return Catches::kImportError;
    if (expression.is(i, "Exception")) return Catches::kException;
    return expression.is(i, "BaseException") ? Catches::kEverything : Catches::kNothing;
  };
  if (expression.size() == 1) return known(0);
  const bool is_builtin =
      expression.size() == 3 && expression.is(0, "builtins") && expression.is_op(1, '.');
  return is_builtin ? known(2) : Catches::kNothing;
}

TokenView without_as(TokenView item) {
  const size_t n = item.size();
  return n >= 3 && item.is(n - 2, "as") ? item.range(0, n - 2) : item;
}

Catches caught_by_suppress(TokenView call) {
  for (size_t i = 0; i + 1 < call.size(); ++i) {
    if (!call.is(i, "suppress") || !call.is_op(i + 1, '(')) continue;
    if (call.matching(i + 1) != call.size() - 1 || (i > 0 && !call.is_op(i - 1, '.'))) continue;
    Catches found = Catches::kNothing;
    call.range(i + 2, call.size() - 1).split(',', [&](TokenView argument) {
      if (!argument.empty()) found = std::max(found, caught_by_handler(argument));
    });
    return found;
  }
  return Catches::kNothing;
}

}  // namespace

BranchGuards branch_guards(TokenView test) {
  test = test.unwrapped();
  if (test.is(0, "not") && is_type_checking(test.from(1).unwrapped()))
    return {0, kGuardTypeChecking};
  if (is_type_checking(test)) return {kGuardTypeChecking, 0};
  const auto [body, orelse] = decided_branches(test);
  return {kGuardConditional, kGuardConditional, body, orelse};
}

Catches caught_by_handler(TokenView type) {
  if (type.is_op(0, '*')) type = type.from(1);
  if (type.empty()) return Catches::kEverything;
  type = without_as(type).unwrapped();
  Catches found = Catches::kNothing;
  type.split(',', [&](TokenView item) {
    const TokenView inner = item.unwrapped();
    found = std::max(found, caught_by_name(inner));
    const bool is_tuple =
        inner.size() < type.size() && inner.size() > 3 && inner.find_outside(',') < inner.size();
    if (is_tuple) found = std::max(found, caught_by_handler(inner));
  });
  return found;
}

Catches caught_by_with(TokenView items) {
  Catches found = Catches::kNothing;
  items.unwrapped().split(',', [&](TokenView item) {
    found = std::max(found, caught_by_suppress(without_as(item).unwrapped()));
  });
  return found;
}

}  // namespace headwater::scan
