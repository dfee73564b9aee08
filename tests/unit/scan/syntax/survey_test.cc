#include "scan/python/syntax/survey.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "scan/python/lexer.h"
#include "scan/python/syntax/parser.h"

namespace headwater::scan {
namespace {

Survey surveyed(std::string_view text) {
  ByteIndex index;
  index.build(text, best_byte_classes());
  Survey survey;
  survey_text(text, index, survey);
  return survey;
}

TEST(Survey, WhatThePassCannotTellIsSuspect) {
  for (const std::string_view text : {
           "f(\n",
           "match x:\n    \"y\"\n",
           "match x:\n    y\n",
           "case x:\n    y\n",
           "f(]\n",
           "x = 'a\n",
           "if x:\ny\n",
           "if x\n",
           "  x\n",
           "print x\n",
           "a <> b\n",
           "return\n",
           "x = '\\x0'\n",
           "f'{a'\n",
           "x = $\n",
           "t'{x}'\n",
           "\xC3\xA4 = 1\n",
           "if x:\n\ty\n        z\n",
       }) {
    EXPECT_TRUE(surveyed(text).is_suspect) << text;
  }
  for (const std::string_view text :
       {"", "\n", "f(\n)\n", "if x:\n    y\n", "# $ ? <>\n", "x = '$ \xC3\xA4 :='\n", "if x: y\n",
        "x = f'{a:>{b}}'\n", "\xEF\xBB\xBFx\n", "a\r\nb\rc",
        "from __future__ import absolute_import\n", "import has\n"}) {
    EXPECT_FALSE(surveyed(text).is_suspect) << text;
  }
}

/// The survey must say the same as the parser, or leave it to the parser.
TEST(Survey, NewerSyntaxIsNotedAsTheParserNotesIt) {
  for (const std::string_view text : {
           "if (y := f()) > 2:\n    pass\n",
           "while y := f():\n    pass\n",
           "x = 1\nf(a, (b := 2))\n",
           "def g(a, /, b):\n    return (c := a)\n",
           "if (y := 1): pass\ndef g(a, /): pass\n",
           "if (y := 1): pass\nx[y := 2]\n",
           "x = [y := 1, y]\n",
           "if (y := 1): pass\nprint(f'{y=}')\n",
           "if (y := 1): pass\nwith (open(a) as b): pass\n",
           "if (y := 1): pass\n@a[0].b\ndef g(): pass\n",
           "if (y := 1): pass\n@a.b(c)(d)\ndef g(): pass\n",
           "if (y := 1): pass\nx[a, *b]\n",
           "if (y := 1): pass\nfor x in *a, b: pass\n",
           "if (y := 1): pass\ndef g(*args: *T): pass\n",
           "def g():\n    if (y := 1): return *a, b\n",
           "type X = int\n",
           "type X[T] = list[T]\n",
           "if (y := 1): pass\ntype X = int\nclass C[T: (int, str)]: pass\n",
           "class C[T = int]: pass\n",
           "def g[*Ts, **P](a): pass\n",
           "match x:\n    case [y]: pass\n    case _:\n        pass\n",
           "match = 1\nmatch: int = 2\n",
           "match x:\n    case y: pass\nz[*y]\n",
           "match x:\n    case y if (z := y): pass\n",
           "type = 3\n",
           "type (x)\n",
       }) {
    const VersionNeed need = parse_decoded(text).verdict.needs_version;
    const Survey survey = surveyed(text);
    if (survey.is_suspect) continue;
    EXPECT_EQ(survey.minor, need.minor) << text;
    // Of several that need the same Python, it may see another one.
    if (need.minor == 0 || survey.feature != need.feature) continue;
    const std::string_view before = text.substr(0, survey.feature_offset);
    const size_t line_begin = before.find_last_of('\n') + 1;  // npos + 1 is 0
    EXPECT_EQ(survey.feature_offset - line_begin + 1, need.column) << text;
  }
  EXPECT_FALSE(surveyed("if (y := f()) > 2:\n    pass\n").is_suspect);
  EXPECT_FALSE(surveyed("match x:\n    case [y]:\n        pass\n").is_suspect);
  EXPECT_FALSE(surveyed("def g(*a, b):\n    \"a, *b* /\"\n    if (y := 1): f(*a)\n").is_suspect);
  EXPECT_FALSE(surveyed("type X[T] = list[T]\n").is_suspect);
  EXPECT_FALSE(surveyed("def g[*Ts, **P](a): pass\n").is_suspect);
}

TEST(Survey, AnAssignmentExpressionWhereNoneMayStandIsSuspect) {
  for (const std::string_view text : {"y := 1\n", "f(1 := 2)\n", "f(a.b := 2)\n", "x[y := 1]\n"}) {
    EXPECT_TRUE(surveyed(text).is_suspect) << text;
  }
}

constexpr std::string_view kBodies =
    "def a(x,\n      y):\n    '''doc\nnot a line\n'''\n    return (1,\n2)\n\n# comment\n"
    "class B:\n    def c(self):\n        if x:\n            pass  # import in a comment\n    d = "
    "1\n"
    "    def e(self): pass\n    def f(self):\n        import g\n\n        return g\n    h = 2\n"
    "def i():\n    x = 'import'\n    y = importance\n\n    return \\\n  x\ndef k():\n\tif "
    "x:\n\t\tpass\n\treturn x\n";

TEST(Survey, LinesAreTheLexersLogicalLines) {
  ByteIndex index;
  index.build(kBodies, best_byte_classes());
  Survey survey;
  survey_text(kBodies, index, survey);
  ASSERT_FALSE(survey.is_suspect);
  Lexer lexer(kBodies, index);
  std::vector<Token> tokens;
  uint32_t indentation = 0;
  for (const LineStart& line : survey.lines) {
    ASSERT_TRUE(lexer.next_line(tokens, indentation));
    EXPECT_EQ(line.indentation, indentation);
    EXPECT_EQ(kBodies.find_first_not_of(" \t", line.begin), tokens.front().begin);
  }
  EXPECT_FALSE(lexer.next_line(tokens, indentation));
}

/// Where each body is left, for all bodies that are skipped.
std::vector<uint32_t> lines_outside_bodies(std::span<const LineStart> lines) {
  ByteIndex index;
  index.build(kBodies, best_byte_classes());
  Lexer lexer(kBodies, index, lines);
  std::vector<uint32_t> begins;
  std::vector<Token> tokens;
  uint32_t indentation = 0;
  while (lexer.next_line(tokens, indentation)) {
    begins.push_back(tokens.front().begin);
    if (kBodies.substr(tokens.front().begin, 3) == "def") lexer.skip_body(indentation);
  }
  return begins;
}

TEST(Survey, BodiesAreLeftWhereTheyAreLeftWithoutIt) {
  const Survey survey = surveyed(kBodies);
  EXPECT_EQ(lines_outside_bodies(survey.lines), lines_outside_bodies({}));
}

}  // namespace
}  // namespace headwater::scan
