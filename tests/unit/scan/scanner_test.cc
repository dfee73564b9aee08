#include "scan/python/scanner.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace headwater::scan {
namespace {

std::vector<std::string> modules(std::string_view text) {
  const FileFacts facts = scan_python(text);
  std::vector<std::string> out;
  for (const Import& import : facts.imports()) out.emplace_back(facts.name(import.module));
  return out;
}

std::vector<std::string> always(std::string_view text) {
  const FileFacts facts = scan_python(text);
  std::vector<std::string> out;
  for (uint32_t i = 0; i < facts.name_states().size(); ++i) {
    if (facts.name_states()[i] == NameState::kAlways) out.emplace_back(facts.name(NameId{i}));
  }
  return out;
}

using Names = std::vector<std::string>;

TEST(Scanner, ImportsInStringsAndCommentsAreNone) {
  EXPECT_EQ(modules("'''\nimport a\n'''\n# import b\nx = 'import c'\nimport d\n"), Names{"d"});
}

TEST(Scanner, ImportsThatAreNotWholeDoNotCompile) {
  for (const std::string_view text :
       {"from .import\n", "from x\timport\n", "import x as\n", "import x,\n", "import x.\n",
        "from x. import y\n", "from x import y,\n", "from x import (y) z\n", "import x y\n",
        "from x import *, y\n", "from x import (*)\n", "import class\n", "from x import ()\n",
        "def f():\n    from x import y z\n", "if x: import y,\n"}) {
    EXPECT_FALSE(scan_python(text).syntax_faults().empty()) << text;
  }
  for (const std::string_view text :
       {"from . import x\n", "from .import x\n", "from ...x import (y as z, w,)\n",
        "import x . y\n", "from __future__ import absolute_import\n", "from x import *\n",
        "import has, x as y; z\n", "from match import case, type as print\n"}) {
    EXPECT_TRUE(scan_python(text).syntax_faults().empty()) << text;
  }
}

TEST(Scanner, ABodyThatImportsIsReadEvenAfterBracketsAndContinuations) {
  EXPECT_EQ(modules("def f():\n    x = (1,\n2)\n    y = 1 + \\\n  2\n    import a\nimport b\n"),
            (Names{"a", "b"}));
}

TEST(Scanner, ADefinitionAfterABodyThatIsSteppedOverIsSeen) {
  EXPECT_EQ(always("def f():\n\n    '''x\ny'''\n  # comment\n    return {\n}\nx = 1\n"),
            (Names{"f", "x"}));
}

TEST(Scanner, BracketsThatMayHoldTargetsOrMarkersAreRead) {
  EXPECT_EQ(always("a = (b, c) = 1, 2\nd = (e), f = g\n"), (Names{"a", "b", "c", "d", "e", "f"}));
  EXPECT_EQ(always("a = f(1, (2, 3))[4]\nb = [\n  (1, 'x'),  # (\n]\n"), (Names{"a", "b"}));
  EXPECT_EQ(always("a = [c for c in d if (e := c)]\n"), (Names{"e", "a"}));
  EXPECT_EQ(scan_python("a = f(1, globals())\n").dynamic_markers, kDynamicGlobals);
  EXPECT_EQ(scan_python("a = f({b: vars(c)})\n").dynamic_markers, kDynamicVars);
  EXPECT_EQ(scan_python("a = f(importlib.import_module('b'))\n").string_references().size(), 1u);
  EXPECT_EQ(scan_python("__all__ = sorted(a) + ['b']\n").exports_state, ExportsState::kDynamic);
}

TEST(Scanner, NestedFormatStringsHoldNoStatements) {
  EXPECT_EQ(modules("x = f\"{f'{y!r:>{w}}'} import a\"\nimport b\n"), Names{"b"});
}

TEST(Scanner, LazyImportsAreMarked) {
  const FileFacts facts = scan_python("lazy import a\nlazy from b import c\nlazy = 1\n");
  ASSERT_EQ(facts.imports().size(), 2u);
  EXPECT_TRUE(facts.imports()[0].is_lazy && facts.imports()[1].is_lazy);
}

TEST(Scanner, ColumnsAreCodePointsAndEndsAreBytes) {
  const FileFacts facts = scan_python("x = '\xC3\xA9'; import a.b as c\n");
  ASSERT_EQ(facts.imports().size(), 1u);
  EXPECT_EQ(facts.imports()[0].column, 10u);
  EXPECT_EQ(facts.imports()[0].end - facts.imports()[0].offset, 15u);
}

TEST(Scanner, LiteralModuleNamesAreKeptWithTheirPlace) {
  const FileFacts facts =
      scan_python("def f():\n    importlib.import_module('.a', __name__)\n__import__(\"b\")\n");
  ASSERT_EQ(facts.string_references().size(), 2u);
  EXPECT_EQ(facts.name(facts.string_references()[0].module), ".a");
  EXPECT_EQ(facts.string_references()[0].scope, Scope::kFunction);
  EXPECT_EQ(facts.name(facts.string_references()[1].module), "b");
}

TEST(Scanner, AWalrusInALambdaBindsNothingOfTheModule) {
  EXPECT_EQ(always("f = lambda: (x := 1)\ny = [z := 1]\n"), (Names{"f", "z", "y"}));
}

TEST(Scanner, TheMicroSignIsTheGreekLetterToCPython) {
  EXPECT_EQ(always("\xC2\xB5 = 1\n"), Names{"\xCE\xBC"});
}

/// Each of these is 10 to 100 times more than what would take a second, were it not linear.
TEST(Scanner, HostileTextTakesLinearTime) {
  const auto repeated = [](std::string_view part, size_t times) {
    std::string out;
    for (size_t i = 0; i < times; ++i) out += part;
    return out;
  };
  const std::string hostile[] = {
      std::string(200000, '('),
      std::string(100000, '(') + std::string(100000, ')'),
      repeated("import a;", 200000),
      repeated("f'{", 100000),
      repeated("lambda: ", 100000),
      repeated("a = ", 200000) + "1",
      repeated("if x:\n", 100000),
      "a" + repeated("(1)", 200000),
      "a.m" + repeated("(1)", 200000),
      repeated("__all__ += ['a']\n", 100000),
      repeated("a = 1\n", 200000) + repeated("if a: exit()\n", 200000),
      "x = '" + std::string(10000000, 'x') + "'; import a\n",
      std::string(1000000, '\0'),
  };
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& text : hostile) scan_python(text);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

}  // namespace
}  // namespace headwater::scan
