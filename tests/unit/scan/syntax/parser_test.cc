#include "scan/python/syntax/parser.h"

#include <gtest/gtest.h>

#include <string>

namespace headwater::scan {
namespace {

std::string first_error(std::string_view source) {
  const ParsedModule parsed = parse_module(source);
  return parsed.verdict.errors.empty() ? "" : parsed.verdict.errors[0].message;
}

TEST(Parser, SoftKeywordsAreNamesWhereTheyBeginNoStatement) {
  for (const char* source :
       {"match = 1\n", "match(x)\n", "match[x]: int\n", "match * x\n", "type = 1\n", "type(x)\n",
        "lazy = 1\n", "case = match.case\n", "match not in x\n"}) {
    EXPECT_EQ(first_error(source), "") << source;
    EXPECT_EQ(parse_module(source).verdict.needs_version.minor, 0) << source;
  }
}

TEST(Parser, SaysWhichVersionTheNewestSyntaxNeeds) {
  const auto minor = [](std::string_view source) {
    const ParsedModule parsed = parse_module(source);
    EXPECT_TRUE(parsed.verdict.errors.empty()) << source;
    return int{parsed.verdict.needs_version.minor};
  };
  EXPECT_EQ(minor("x = 1\n"), 0);
  EXPECT_EQ(minor("(x := 1)\n"), 8);
  EXPECT_EQ(minor("def f(a, /): pass\n"), 8);
  EXPECT_EQ(minor("with (a as b, c): pass\n"), 9);
  EXPECT_EQ(minor("match x:\n case 1: pass\n"), 10);
  EXPECT_EQ(minor("try: pass\nexcept* A: pass\n"), 11);
  EXPECT_EQ(minor("type X = int\n"), 12);
  EXPECT_EQ(minor("def f[T](): pass\n"), 12);
  EXPECT_EQ(minor("f'{a['b']}'\n"), 12);
  EXPECT_EQ(minor("f'{a[\"b\"]}'\n"), 0);
  EXPECT_EQ(minor("class A[T=int]: pass\n"), 13);
  EXPECT_EQ(minor("t'{x}'\n"), 14);
  EXPECT_EQ(minor("try: pass\nexcept A, B: pass\n"), 14);
  EXPECT_EQ(minor("lazy import x\n"), 15);
}

TEST(Parser, KnowsWhatPython2Left) {
  EXPECT_EQ(parse_module("print 'x'\n").verdict.gone_since.syntax, GoneSyntax::kPrintStatement);
  EXPECT_EQ(parse_module("exec code\n").verdict.gone_since.syntax, GoneSyntax::kExecStatement);
  EXPECT_EQ(first_error("print 'x'\n"),
            "Missing parentheses in call to 'print'. Did you mean print(...)?");
}

TEST(Parser, NestingIsBoundedAsInCPython) {
  const auto nested = [](size_t depth) {
    return std::string(depth, '(') + "1" + std::string(depth, ')') + "\n";
  };
  EXPECT_EQ(first_error(nested(150)), "");
  EXPECT_EQ(first_error(nested(201)), "too many nested parentheses");
  EXPECT_TRUE(parse_module(std::string(100000, '-') + "1\n").too_deep);
  std::string sum = "x = 1";
  for (int i = 0; i < 100000; ++i) sum += "+1";
  EXPECT_TRUE(parse_module(sum + "\n").too_deep);
}

TEST(Parser, CompileRulesFollowScopes) {
  EXPECT_EQ(first_error("def f():\n x = 1\n def g():\n  nonlocal x\n"), "");
  EXPECT_EQ(first_error("def f():\n nonlocal x\n"), "no binding for nonlocal 'x' found");
  EXPECT_EQ(first_error("class A:\n def f(self):\n  nonlocal __class__\n"), "");
  EXPECT_EQ(first_error("return\n"), "'return' outside function");
  EXPECT_EQ(first_error("f(a=1, a=2)\n"), "keyword argument repeated: a");
  EXPECT_EQ(first_error("(await x for x in y)\n"), "");
  EXPECT_EQ(first_error("[await x for x in y]\n"),
            "asynchronous comprehension outside of an asynchronous function");
}

TEST(Parser, ErrorsHaveTheClassOfWhoRefuses) {
  const auto error_class = [](std::string_view source) {
    return parse_module(source).verdict.errors.at(0).error_class;
  };
  EXPECT_EQ(error_class("x = 'a\n"), SyntaxErrorClass::kLexical);
  EXPECT_EQ(error_class("x = (1\n"), SyntaxErrorClass::kBracket);
  EXPECT_EQ(error_class("if x:\npass\n"), SyntaxErrorClass::kIndentation);
  EXPECT_EQ(error_class("x = = 1\n"), SyntaxErrorClass::kGrammar);
  EXPECT_EQ(error_class("break\n"), SyntaxErrorClass::kSymbolTable);
}

}  // namespace
}  // namespace headwater::scan
