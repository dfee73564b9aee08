#include <gtest/gtest.h>

#include <string>

#include "scan/python/scanner.h"

namespace headwater::scan {
namespace {

std::string read_in(std::string_view text) {
  const FileFacts facts = scan_python(text);
  std::string all;
  for (const AttributeRead& read : facts.attribute_reads()) {
    all += std::string(facts.name(read.path)) + '@' + std::to_string(read.line) + '\n';
  }
  return all;
}

TEST(AttributeReads, OfImportedNamesWhereTheyRunWithTheModule) {
  EXPECT_EQ(read_in("import a.b\nfrom c import d as e\nx = a.b.f + e.g\n@e.h\n"
                    "class A(e.i):\n  y = e.j\ndef f(z=e.k): pass\n"),
            "a.b.f@3\ne.g@3\ne.h@4\ne.i@5\ne.j@6\ne.k@7\n");
}

TEST(AttributeReads, EachOnceAndWhereItIsFirst) {
  EXPECT_EQ(read_in("import a\nx = a.b\ny = a.b\nz = a.b.c\n"), "a.b@2\na.b.c@4\n");
}

TEST(AttributeReads, WhatIsAssignedIsReadUpToItsObject) {
  EXPECT_EQ(read_in("import a\na.b = 1\na.c.d = a.e = 2\na.f: int = 3\na.g += 1\n"),
            "a.c@3\na.g@5\n");
}

TEST(AttributeReads, NotOfOtherNamesNorOfWhatMayNotRun) {
  EXPECT_EQ(read_in("import a\nb = a\nb.c\nb().a.c\nif b:\n  a.d\nlambda: a.e\n"
                    "def f():\n  a.f\n"),
            "");
}

}  // namespace
}  // namespace headwater::scan
