#include "environment/start_up_imports.h"

#include <gtest/gtest.h>

namespace headwater::environment {
namespace {

using Names = std::vector<std::string>;

TEST(StartUpImports, AreThoseOfStatements) {
  EXPECT_EQ(start_up_imports("import sys, types as t, os.path; print(1); import a"),
            (Names{"sys", "types", "os.path", "a"}));
  EXPECT_EQ(start_up_imports("import a; from b.c import (d, e as f)"),
            (Names{"a", "b.c", "b.c.d", "b.c.e"}));
}

TEST(StartUpImports, AreThoseOfCallsAndOfCodeInLiterals) {
  EXPECT_EQ(start_up_imports("import os; x and __import__('hook').install()"),
            (Names{"os", "hook"}));
  EXPECT_EQ(start_up_imports(R"(import sys; exec('try:\n import a\nexcept E:\n import b'))"),
            (Names{"sys", "a", "b"}));
}

TEST(StartUpImports, EndWhereVariablesAreAskedFor) {
  EXPECT_EQ(start_up_imports(
                R"(import os; exec('if os.getenv("A") or os.environ.get("B"):\n import a'))"),
            (Names{"os"}));
  EXPECT_EQ(start_up_imports(R"(import os; exec('if os.getenv("A", "1"):\n import a'))"),
            (Names{"os", "a"}));
  EXPECT_EQ(start_up_imports(R"(import os; exec('if not os.getenv("A"):\n import a'))"),
            (Names{"os", "a"}));
}

}  // namespace
}  // namespace headwater::environment
