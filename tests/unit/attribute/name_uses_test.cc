#include "attribute/name_uses.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scan/python/syntax/parser.h"

namespace headwater::attribute {
namespace {

/// Where `A` and `p.q` are read: l(oading), a(nnotations), f(unctions).
std::string uses(std::string_view text) {
  const std::vector<std::string_view> names{"A", "p.q"};
  const NameUses found = uses_of(scan::parse_module(text).tree, names);
  return std::string(found.while_loading ? "l" : "") + (found.in_annotations ? "a" : "") +
         (found.in_functions ? "f" : "");
}

TEST(NameUses, WhatRunsWithTheModule) {
  for (const char* const text :
       {"A\n", "make(A)\n", "class B(A): ...\n", "class B:\n    x = A\n", "@A\ndef f(): ...\n",
        "def f(x=A): ...\n", "if c:\n    A()\n", "[x for x in A]\n", "A += 1\n", "del A\n",
        "A.x = 1\n", "p.q.r\n", "p\n", "__all__ = ['A']\n", "__all__ += ['A']\n"}) {
    EXPECT_EQ(uses(text), "l") << text;
  }
}

TEST(NameUses, WhatDoesNot) {
  for (const char* const text : {"def f():\n    return A\n", "x = lambda: A\n"}) {
    EXPECT_EQ(uses(text), "f") << text;
  }
  for (const char* const text :
       {"x: A\n", "def f(x: A): ...\n", "def f() -> list['A']: ...\n", "x: 'A | None' = None\n",
        "type T = A\n", "if TYPE_CHECKING:\n    B = A\n"}) {
    EXPECT_EQ(uses(text), "a") << text;
  }
  for (const char* const text : {"A = 1\n", "p.r\n", "x.A\n", "'A'\n", "AB\n"}) {
    EXPECT_EQ(uses(text), "") << text;
  }
}

}  // namespace
}  // namespace headwater::attribute
