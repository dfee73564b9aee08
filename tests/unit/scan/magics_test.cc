#include "scan/notebook/magics.h"

#include <gtest/gtest.h>

namespace headwater::scan {
namespace {

TEST(Magics, LinesOnlyForIPythonBecomeStatementsOfTheSameIndentation) {
  EXPECT_EQ(python_of_cell("%matplotlib inline\nimport a\n"), "pass\nimport a\n");
  EXPECT_EQ(python_of_cell("if x:\n    !ls 'a\nimport a"), "if x:\n    pass\nimport a");
  EXPECT_EQ(python_of_cell("a.b?\n?c\n"), "pass\npass\n");
  EXPECT_EQ(python_of_cell("x = !ls\ny=%pwd\n"), "x = None\ny=None\n");
}

TEST(Magics, LineThatGoesOnKeepsItsLines) {
  EXPECT_EQ(python_of_cell("!a \\\n  b\nimport c\n"), "pass\n\nimport c\n");
}

TEST(Magics, PercentSignInsideOfAStatementIsPython) {
  const char* const cell = "x = (7\n% 2)\ny = 1 != 2\nz = '''\n%no\n'''\n";
  EXPECT_EQ(python_of_cell(cell), cell);
}

TEST(Magics, CellOfAnotherLanguageKeepsNothingButItsLines) {
  EXPECT_EQ(python_of_cell("%%bash\nimport a\n"), "\n\n");
  EXPECT_EQ(python_of_cell("\n%%time\n%%capture out\nimport a\n"), "\n\n\nimport a\n");
  EXPECT_EQ(python_of_cell("%%"), "");
}

}  // namespace
}  // namespace headwater::scan
