#include "scan/python/condition_parser.h"

#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "scan/python/string_literal.h"

namespace headwater::scan {
namespace {

enum class Comparison : uint8_t { kLess, kLessEqual, kGreater, kGreaterEqual, kEqual, kNotEqual };

/// Where the only comparison of a test stands, outside brackets: its operator is one token.
struct Split {
  TokenView left;
  Comparison op;
  TokenView right;
};

std::optional<Comparison> comparison(std::string_view text) {
  if (text == "<") return Comparison::kLess;
  if (text == "<=") return Comparison::kLessEqual;
  if (text == ">") return Comparison::kGreater;
  if (text == ">=") return Comparison::kGreaterEqual;
  if (text == "==") return Comparison::kEqual;
  if (text == "!=") return Comparison::kNotEqual;
  return std::nullopt;
}

std::optional<Split> split_at_comparison(TokenView test) {
  std::optional<Split> found;
  for (size_t i = 0; i < test.size(); ++i) {
    if (test.opens(i)) {
      i = test.matching(i);
    } else if (test[i].kind == TokenKind::kOperator) {
      const auto op = comparison(test.word_at(i));
      if (!op) continue;
      if (found) return std::nullopt;  // a chain of comparisons
      found = Split{test.range(0, i), *op, test.from(i + 1)};
    }
  }
  return found;
}

/// Whether an expression is `holder.name`. Other holders have a `version_info` and a `platform` of
/// their own, and so may bare names.
bool is_attribute(TokenView expression, std::string_view holder, std::string_view name) {
  return expression.size() == 3 && expression.is(0, holder) && expression.is_op(1, '.') &&
         expression.is(2, name);
}

std::optional<int> number(TokenView expression) {
  if (expression.size() != 1 || expression[0].kind != TokenKind::kNumber) return std::nullopt;
  const std::string_view text = expression.word_at(0);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool fits = error == std::errc{} && end == text.data() + text.size() && value < 100;
  return fits ? std::optional(value) : std::nullopt;
}

/// How much of sys.version_info an expression looks at.
enum class VersionPart : uint8_t { kNone, kMajor, kBoth, kAll };

VersionPart version_part(TokenView expression) {
  constexpr std::string_view kName = "version_info";
  if (is_attribute(expression, "sys", kName)) return VersionPart::kAll;
  const size_t n = expression.size();
  if (n > 2 && expression.is(n - 1, "major") && expression.is_op(n - 2, '.') &&
      is_attribute(expression.range(0, n - 2), "sys", kName)) {
    return VersionPart::kMajor;
  }
  constexpr size_t open = 3;
  if (!expression.is_op(open, '[') || expression.matching(open) != n - 1) return VersionPart::kNone;
  if (!is_attribute(expression.range(0, open), "sys", kName)) return VersionPart::kNone;
  const TokenView index = expression.range(open + 1, n - 1);
  if (number(index) == 0) return VersionPart::kMajor;
  const bool is_pair = index.size() == 2 && index.is_op(0, ':') && number(index.from(1)) == 2;
  return is_pair ? VersionPart::kBoth : VersionPart::kNone;
}

/// The versions that begin with what is written: [first, after).
struct Versions {
  uint16_t first;
  uint16_t after;
};

std::optional<Versions> versions(VersionPart part, TokenView written) {
  if (part == VersionPart::kMajor) {
    const auto major = number(written);
    if (!major) return std::nullopt;
    return Versions{packed_version(*major, 0), packed_version(*major + 1, 0)};
  }
  if (!written.is_op(0, '(') || !written.is_enclosed()) return std::nullopt;
  std::vector<std::optional<int>> numbers;
  written.range(1, written.size() - 1).split(',', [&](TokenView each) {
    numbers.push_back(number(each));
  });
  // A pair compares with others by its length too.
  if (part == VersionPart::kBoth && numbers.size() != 2) return std::nullopt;
  // A micro version but 0 divides a minor one; the table of versions does not.
  if (numbers.size() == 3 && numbers[2] == 0) numbers.pop_back();
  if (numbers.empty() || numbers.size() > 2 || !numbers[0] || !numbers.back()) return std::nullopt;
  if (numbers.size() == 1) {
    return Versions{packed_version(*numbers[0], 0), packed_version(*numbers[0] + 1, 0)};
  }
  const uint16_t first = packed_version(*numbers[0], *numbers[1]);
  return Versions{first, static_cast<uint16_t>(first + 1)};
}

Branches branches_at(uint16_t version, bool body_is_later) {
  Branch later{{version, UINT16_MAX, kEveryPlatform}, true};
  Branch earlier{{0, version, kEveryPlatform}, true};
  return body_is_later ? Branches{later, earlier} : Branches{earlier, later};
}

/// All of version_info is longer than any tuple that is written, so it is greater than one that it
/// begins with, and equal to none.
Branches of_version(VersionPart part, const Split& test) {
  const auto written = versions(part, test.right);
  if (!written) return {};
  const bool is_all = part == VersionPart::kAll;
  switch (test.op) {
    case Comparison::kGreaterEqual:
      return branches_at(written->first, true);
    case Comparison::kLess:
      return branches_at(written->first, false);
    case Comparison::kGreater:
      return branches_at(is_all ? written->first : written->after, true);
    case Comparison::kLessEqual:
      return branches_at(is_all ? written->first : written->after, false);
    case Comparison::kEqual:
    case Comparison::kNotEqual:
      break;
  }
  if (is_all) return {};
  // What is outside of a span is no span, so that nothing is said of that branch; but before
  // Python 2 there is nothing.
  Branches found{{{written->first, written->after, kEveryPlatform}, true}, {}};
  if (written->first <= packed_version(2, 0)) {
    found.orelse = {{written->after, UINT16_MAX, kEveryPlatform}, true};
  }
  if (test.op == Comparison::kNotEqual) std::swap(found.body, found.orelse);
  return found;
}

Branches of_platforms(Platforms platforms) {
  auto others = static_cast<Platforms>(kEveryPlatform & ~platforms);
  if (platforms == kOtherPlatform) others = kEveryPlatform;  // one of the many that are called so
  return {{{0, UINT16_MAX, platforms}, true}, {{0, UINT16_MAX, others}, true}};
}

Branches of_os_name(std::string_view name) {
  if (name == "nt") return of_platforms(kWin32);
  return of_platforms(name == "posix" ? kLinux | kDarwin | kOtherPlatform : kOtherPlatform);
}

Branches swapped(Branches branches) {
  std::swap(branches.body, branches.orelse);
  return branches;
}

/// `__name__ == "__main__"`. A module that is imported runs the other branch, a script does not.
Branches of_main(const Split& test) {
  const bool is_main = (test.left.size() == 1 && test.left.is(0, "__name__") &&
                        string_value(test.right) == "__main__") ||
                       (test.right.size() == 1 && test.right.is(0, "__name__") &&
                        string_value(test.left) == "__main__");
  if (!is_main) return {};
  Branches found;
  found.body.window.only_as_script = true;
  found.body.is_decided = true;
  if (test.op == Comparison::kEqual) return found;
  return test.op == Comparison::kNotEqual ? swapped(found) : Branches{};
}

Branches of_comparison(const Split& test) {
  if (test.left.is(0, "__name__") || test.right.is(0, "__name__")) return of_main(test);
  const VersionPart part = version_part(test.left);
  if (part != VersionPart::kNone) return of_version(part, test);
  const bool is_equality = test.op == Comparison::kEqual || test.op == Comparison::kNotEqual;
  const auto text = is_equality ? string_value(test.right) : std::nullopt;
  if (!text) return {};
  Branches found;
  if (is_attribute(test.left, "sys", "platform")) {
    found = of_platforms(platform_of(*text));
  } else if (is_attribute(test.left, "os", "name")) {
    found = of_os_name(*text);
  }
  return test.op == Comparison::kNotEqual ? swapped(found) : found;
}

/// `sys.platform.startswith("win")`.
Branches of_prefix(TokenView call) {
  const size_t n = call.size();
  size_t open = 0;
  while (open < n && !call.is_op(open, '(')) ++open;
  const bool is_test = open > 2 && open < n && call.matching(open) == n - 1 &&
                       call.is(open - 1, "startswith") && call.is_op(open - 2, '.') &&
                       is_attribute(call.range(0, open - 2), "sys", "platform");
  const auto prefix = is_test ? string_value(call.range(open + 1, n - 1)) : std::nullopt;
  if (!prefix || prefix->empty()) return {};
  Platforms platforms = 0;
  for (const auto& [name, platform] : {std::pair{std::string_view("linux"), kLinux},
                                       std::pair{std::string_view("darwin"), kDarwin},
                                       std::pair{std::string_view("win32"), kWin32}}) {
    if (name.starts_with(*prefix)) platforms |= platform;
  }
  return of_platforms(platforms == 0 ? kOtherPlatform : platforms);
}

/// `a and b`. Where the rest of it runs is told of tests of the platform alone: of versions it
/// would be no span.
Branches both(const Branches& one, const Branches& two) {
  Branches found;
  found.body = {one.body.window & two.body.window, one.body.is_decided && two.body.is_decided};
  const RunWindow& first = one.orelse.window;
  const RunWindow& second = two.orelse.window;
  const bool is_union = one.orelse.is_decided && two.orelse.is_decided &&
                        first.is_of_every_version() && second.is_of_every_version() &&
                        !first.only_as_script && !second.only_as_script;
  if (is_union) {
    const auto platforms = static_cast<Platforms>(first.platforms | second.platforms);
    found.orelse = {{0, UINT16_MAX, platforms}, true};
  }
  return found;
}

/// `False`, `None`, `0`, `1`, `True`: CPython does not even compile the branch that they rule out.
Branches of_constant(TokenView test) {
  const auto value = number(test);
  const bool is_true = test.is(0, "True") || (value && *value != 0);
  const bool is_false = test.is(0, "False") || test.is(0, "None") || value == 0;
  if (!is_true && !is_false) return {};
  const Branches never{{{0, UINT16_MAX, 0}, true}, {{}, true}};
  return is_false ? never : swapped(never);
}

}  // namespace

Branches decided_branches(TokenView test) {
  test = test.unwrapped();
  if (test.empty()) return {};
  if (test.find_word_outside("if") < test.size() || test.is(0, "lambda")) return {};
  if (const size_t at = test.find_word_outside("or"); at < test.size()) {
    // not (a or b) is (not a) and (not b).
    return swapped(both(swapped(decided_branches(test.range(0, at))),
                        swapped(decided_branches(test.from(at + 1)))));
  }
  if (const size_t at = test.find_word_outside("and"); at < test.size()) {
    return both(decided_branches(test.range(0, at)), decided_branches(test.from(at + 1)));
  }
  if (test.is(0, "not")) return swapped(decided_branches(test.from(1)));
  if (test.size() == 1) return of_constant(test);
  if (const auto split = split_at_comparison(test)) return of_comparison(*split);
  return of_prefix(test);
}

}  // namespace headwater::scan
