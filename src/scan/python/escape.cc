#include "scan/python/escape.h"

#include "model/builtin_exceptions.h"
#include "scan/python/guard_parser.h"

namespace headwater::scan {
namespace {

constexpr int64_t kOther = -1;

void add_class(TokenView name, const BindingParser& bindings, NamedClasses& classes) {
  const bool is_plain = name.size() == 1 && name.is_name(0) && !bindings.is_bound(name.word_at(0));
  classes.push_back(is_plain ? exception_number(name.word_at(0), kAnyVersion) : kOther);
}

}  // namespace

NamedClasses named_classes(TokenView type, const BindingParser& bindings) {
  if (type.is_op(0, '*')) return {kOther};
  if (type.empty()) return {exception_number("BaseException", kAnyVersion)};
  NamedClasses classes;
  without_as(type).unwrapped().split(',', [&](TokenView name) {
    if (!name.empty()) add_class(name, bindings, classes);
  });
  return classes;
}

NamedClasses suppressed_classes(TokenView items, const BindingParser& bindings) {
  NamedClasses classes;
  items.unwrapped().split(',', [&](TokenView item) {
    const TokenView call = without_as(item).unwrapped();
    const size_t open = call.is(0, "contextlib") && call.is_op(1, '.') ? 3 : 1;
    const bool is_suppress = call.is(open - 1, "suppress") && call.is_op(open, '(') &&
                             call.matching(open) == call.size() - 1;
    if (!is_suppress) return classes.push_back(kOther);
    call.range(open + 1, call.size() - 1).split(',', [&](TokenView name) {
      if (!name.empty()) add_class(name, bindings, classes);
    });
  });
  return classes;
}

Holds holds(const NamedClasses& classes, const Raise& raised) {
  bool may_hold = false;
  for (const int64_t named : classes) {
    // Whatever is raised is a BaseException.
    if (exception_name(named) == "BaseException") return Holds::kYes;
    if (exception_is_a(raised.exception, named)) return Holds::kYes;
    may_hold |= named < 0 || raised.exception < 0;
  }
  return may_hold ? Holds::kNotKnown : Holds::kNo;
}

Escape escape_through(std::span<const Handler> handlers, const Raise& raised) {
  constexpr Raise kAny{RaisedKind::kNotKnown};
  bool may_hold = false;
  bool may_end = false;
  for (size_t i = 0; i < handlers.size(); ++i) {
    const Handler& handler = handlers[i];
    const Holds held = holds(handler.classes, raised);
    if (held == Holds::kNo) continue;
    if (held == Holds::kNotKnown) {
      (handler.goes_on ? may_hold : may_end) = true;
      continue;
    }
    if (handler.goes_on ? may_end : may_hold) return {Holds::kNotKnown, kAny};
    if (handler.goes_on) return {Holds::kYes, {}, i};
    const bool is_again = handler.raises.kind == RaisedKind::kImportError;
    return {Holds::kNo, may_end ? kAny : is_again ? raised : handler.raises};
  }
  return {may_hold ? Holds::kNotKnown : Holds::kNo, may_hold || may_end ? kAny : raised};
}

}  // namespace headwater::scan
