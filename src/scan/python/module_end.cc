#include "scan/python/module_end.h"

#include "model/builtin_exceptions.h"

namespace headwater::scan {
namespace {

constexpr Raise kAny{RaisedKind::kNotKnown};

/// Nothing follows that would make it another object.
bool is_whole(TokenView rest) {
  return rest.empty() || rest.is(0, "from") || (rest.is_op(0, '.') && rest.is(1, "with_traceback"));
}

RaisedKind kind_of(int64_t exception) {
  const auto is_a = [&](std::string_view base) {
    return exception_is_a(exception, exception_number(base, kAnyVersion));
  };
  if (is_a("ImportError")) return RaisedKind::kAnotherImportError;
  return is_a("Exception") ? RaisedKind::kException : RaisedKind::kExit;
}

/// Of `raise` in a handler of ImportError: without an argument it raises that again. What other
/// classes derive from is not looked up.
Raise raised_by(TokenView statement, const BindingParser& bindings, bool is_caught) {
  const TokenView raised = statement.from(1).unwrapped();
  if (raised.empty()) return {};
  if (!raised.is_name(0)) return kAny;
  const std::string_view name = raised.word_at(0);
  if (is_caught) {
    return is_whole(raised.from(1)) ? Raise{} : kAny;
  }
  const size_t after = raised.is_op(1, '(') ? raised.matching(1) + 1 : 1;
  const int64_t exception = exception_number(name, kAnyVersion);
  const bool is_builtin =
      exception >= 0 && is_whole(raised.from(after)) && !bindings.is_bound(name);
  return is_builtin ? Raise{kind_of(exception), exception} : kAny;
}

}  // namespace

std::optional<Raise> end_of_module(TokenView statement, const BindingParser& bindings,
                                   bool is_caught) {
  if (statement.is(0, "raise")) {
    for (size_t i = 1; i < statement.size(); ++i) {
      if (statement.is(i, "SkipTest") || statement.is(i, "skip")) return std::nullopt;
    }
    return raised_by(statement, bindings, is_caught);
  }
  const bool is_of_module =
      (statement.is(0, "sys") && statement.is_op(1, '.') && statement.is(2, "exit")) ||
      (statement.is(0, "os") && statement.is_op(1, '.') && statement.is(2, "_exit"));
  const bool is_builtin = statement.is(0, "exit") || statement.is(0, "quit");
  const bool is_end =
      is_of_module ? statement.is_op(3, '(')
                   : is_builtin && statement.is_op(1, '(') && bindings.exits(statement.word_at(0));
  if (!is_end) return std::nullopt;
  return Raise{RaisedKind::kExit, exception_number("SystemExit", kAnyVersion)};
}

}  // namespace headwater::scan
