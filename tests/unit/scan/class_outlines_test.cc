#include "scan/python/class_outlines.h"

#include <gtest/gtest.h>

#include <string>

namespace headwater::scan {
namespace {

std::string outlined(std::string_view text) {
  std::string all;
  for (const ClassOutline& one : class_outlines(text)) {
    all += one.name + '(';
    for (const std::string& base : one.bases) all += base + ',';
    all += one.is_open ? ")*:" : "):";
    for (const std::string& member : one.members) all += ' ' + member;
    all += '\n';
  }
  return all;
}

TEST(ClassOutlines, MembersAreWhatTheBodyBinds) {
  EXPECT_EQ(
      outlined("class A(b.C, D[int]):\n  x = y = 1\n  z: int = f()\n  bare: int\n  def m(self):\n"
               "    self.late = 1\n  if c:\n    async def n(self): pass\n  import os.path\n"),
      "A(b.C,D,): c if import int m n os path x y z\n");
}

TEST(ClassOutlines, NestedClassesHaveTheirOwn) {
  EXPECT_EQ(outlined("class A:\n  class B:\n    m = 1\n  n = 1\nclass C: k = 1\n"),
            "A(): B n\nA.B(): m\nC(): k\n");
}

TEST(ClassOutlines, ClassesInFunctionsAreNone) {
  EXPECT_EQ(outlined("def f():\n  class A:\n    m = 1\n  import b\nclass C:\n  pass\n"), "C():\n");
}

TEST(ClassOutlines, WhatMayHaveMoreIsOpen) {
  EXPECT_EQ(outlined("@d\nclass A: pass\nclass B(metaclass=M): pass\nclass C(f()): pass\n"
                     "class D:\n  locals()['a'] = 1\n"),
            "A()*:\nB()*:\nC(,):\nD()*: locals\n");
}

}  // namespace
}  // namespace headwater::scan
