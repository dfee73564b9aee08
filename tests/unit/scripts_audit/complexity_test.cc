#include "scripts_audit/complexity.h"

#include <gtest/gtest.h>

namespace headwater::scripts_audit {
namespace {

// The examples of G. A. Campbell, "Cognitive Complexity" (SonarSource 2018), in Python.

TEST(CognitiveComplexity, SumOfPrimesIsSeven) {
  // The paper's labelled `continue` has no counterpart; the `else` of the loop stands for it.
  const CodeMeasures measures = measure(R"(
def sum_of_primes(top):
    total = 0
    for i in range(1, top + 1):  # +1
        for j in range(2, i):    # +2
            if i % j == 0:       # +3
                break
        else:                    # +1
            total += i
    return total
)");
  EXPECT_EQ(measures.cognitive, 7u);
  EXPECT_EQ(measures.most_cyclomatic.value, 4u);
}

TEST(CognitiveComplexity, SwitchOfManyCasesIsOne) {
  const CodeMeasures measures = measure(R"(
def get_words(number):
    match number:  # +1
        case 1:
            return "one"
        case 2:
            return "a couple"
        case 3:
            return "a few"
        case _:
            return "lots"
)");
  EXPECT_EQ(measures.cognitive, 1u);
  EXPECT_EQ(measures.most_cyclomatic.value, 4u);
}

TEST(CognitiveComplexity, NestingCountsWithinTryAndHandler) {
  const CodeMeasures measures = measure(R"(
def my_method():
    try:
        if condition1:             # +1
            for i in range(10):    # +2
                while condition2:  # +3
                    pass
    except (TypeError, ValueError):  # +1
        if condition2:             # +2
            pass
)");
  EXPECT_EQ(measures.cognitive, 9u);
  EXPECT_EQ(measures.nesting, 4u);
}

TEST(CognitiveComplexity, LambdaNestsAndIsFree) {
  const CodeMeasures measures = measure(R"(
def my_method():
    return lambda: 1 if condition else 2  # +2
)");
  EXPECT_EQ(measures.cognitive, 2u);
}

TEST(CognitiveComplexity, OverriddenSymbolIsNineteen) {
  const CodeMeasures measures = measure(R"(
def overridden_symbol_from(self, class_type):
    if class_type.is_unknown():                      # +1
        return UNKNOWN
    unknown_found = False
    for symbol in class_type.lookup(self.name):      # +1
        if symbol.is_kind(MTH) and not symbol.is_static():  # +2 +1
            if can_override(symbol):                 # +3
                overriding = check(symbol, class_type)
                if overriding is None:               # +4
                    if not unknown_found:            # +5
                        unknown_found = True
                elif overriding:                     # +1
                    return symbol
    if unknown_found:                                # +1
        return UNKNOWN
    return None
)");
  EXPECT_EQ(measures.cognitive, 19u);
}

TEST(CognitiveComplexity, AddVersionIsThirtyFive) {
  const CodeMeasures measures = measure(R"(
def add_version(self, entry, txn):
    ti = self.transaction_index
    while True:                                       # +1
        try:
            with self.lock:
                if self.frst is not None:             # +2
                    if self.frst.version > entry.version:  # +3
                        raise RollbackException()
                    if txn.is_active():               # +3
                        e = self.frst
                        while e is not None:          # +4
                            depends = ti.depends(e.version)
                            if depends == TIMED_OUT:  # +5
                                raise Retry(e.version)
                            if depends != 0 and depends != ABORTED:  # +5 +1
                                raise RollbackException()
                            e = e.previous
                entry.previous = self.frst
                self.frst = entry
                break
        except Retry as re:                           # +2
            try:
                depends = ti.depends(re.version)
                if depends != 0 and depends != ABORTED:  # +3 +1
                    raise RollbackException()
            except InterruptedError as ie:            # +3
                raise PersistitInterrupted(ie)
        except InterruptedError as ie:                # +2
            raise PersistitInterrupted(ie)
)");
  EXPECT_EQ(measures.cognitive, 35u);
}

TEST(CognitiveComplexity, ToRegexpIsTwenty) {
  const CodeMeasures measures = measure(R"(
def to_regexp(pattern, separator):
    out = ["^"]
    i = 1 if pattern.startswith("/") or pattern.startswith("\\") else 0  # +1 +1
    while i < len(pattern):                                  # +1
        ch = pattern[i]
        if SPECIAL.find(ch) != -1:                           # +2
            out.append("\\" + ch)
        elif ch == "*":                                      # +1
            if i + 1 < len(pattern) and pattern[i + 1] == "*":     # +3 +1
                if i + 2 < len(pattern) and is_slash(pattern[i + 2]):  # +4 +1
                    out.append("(?:.*")
                    i += 2
                else:                                        # +1
                    out.append(".*")
                    i += 1
            else:                                            # +1
                out.append("[^")
        elif ch == "?":                                      # +1
            out.append("[^")
        elif is_slash(ch):                                   # +1
            out.append(separator)
        else:                                                # +1
            out.append(ch)
        i += 1
    return "".join(out)
)");
  EXPECT_EQ(measures.cognitive, 20u);
  EXPECT_EQ(measures.most_cognitive.name, "to_regexp");
}

TEST(CognitiveComplexity, DecoratorDoesNotNestWhatItDefines) {
  EXPECT_EQ(measure(R"(
def a_decorator(a, b):
    """Its docstring is no statement."""
    def inner(func):
        if condition:  # +1
            print(b)
        func()
    return inner
)")
                .cognitive,
            1u);
  EXPECT_EQ(measure(R"(
def not_a_decorator(a, b):
    my_var = a * b
    def inner(func):
        if condition:  # +2
            print(b)
        func()
    return inner
)")
                .cognitive,
            2u);
  EXPECT_EQ(measure(R"(
def decorator_generator(a):
    def generator(func):
        def decorator(func):
            if condition:  # +1
                print(b)
            return func()
        return decorator
    return generator
)")
                .cognitive,
            1u);
}

TEST(CognitiveComplexity, EachRunOfEqualOperatorsCountsOnce) {
  EXPECT_EQ(measure("x = a and b and c\n").cognitive, 1u);
  EXPECT_EQ(measure("x = a and b or c or d\n").cognitive, 2u);
  EXPECT_EQ(measure("x = a and not (b and c)\n").cognitive, 2u);
}

TEST(CognitiveComplexity, RecursionCountsOnceForAFunction) {
  const CodeMeasures measures = measure("def f(n):\n    return f(n - 1) + f(n - 2)\n");
  EXPECT_EQ(measures.cognitive, 1u);
}

TEST(CodeMeasures, FunctionsOfClassesGoByTheirNames) {
  const CodeMeasures measures = measure(R"(
import os
from a import b

class Empty:
    pass

class Store:
    class Shelf:
        def total(self):
            for each in self:
                pass

def other():
    x = 1
    y = 2
    z = 3
    return x
)");
  EXPECT_EQ(measures.classes, 3u);
  EXPECT_EQ(measures.functions, 2u);
  EXPECT_EQ(measures.imports, 2u);
  EXPECT_EQ(measures.most_cognitive.name, "Store.Shelf.total");
  EXPECT_EQ(measures.longest.name, "other");
  EXPECT_EQ(measures.longest.value, 5u);
  EXPECT_EQ(measures.longest.line, 14u);
}

TEST(CodeMeasures, GuardIsNoCodeThatRuns) {
  const CodeMeasures guarded = measure("def main(): ...\nif __name__ == '__main__':\n    main()\n");
  EXPECT_TRUE(guarded.has_main_guard);
  EXPECT_FALSE(guarded.runs_code);
  EXPECT_TRUE(measure("import a\na.main()\n").runs_code);
  EXPECT_FALSE(measure("'''About.'''\nimport a\nX = 1\n").runs_code);
}

TEST(CodeMeasures, PathsOfOneMachineAreSeenInStringsOnly) {
  const CodeMeasures measures = measure(R"(
"""Run /home/ann/x.py."""
# /home/ann/y
a = "/home/ann/data"
b = r"C:\data\x.csv"
c = "/etc/passwd"
d = f"/Users/ann/{a}"
)");
  ASSERT_EQ(measures.absolute_paths.size(), 3u);
  EXPECT_EQ(measures.absolute_paths[0].line, 4u);
  EXPECT_EQ(measures.absolute_paths[0].text, "/home/ann/data");
}

TEST(CodeMeasures, WhatDoesNotCompileIsMeasuredAsFarAsItGoes) {
  const CodeMeasures measures = measure("def f(:\n    if a:\n        pass\n\ndef g():\n    pass\n");
  EXPECT_EQ(measures.lines, 6u);
  EXPECT_GE(measures.functions, 1u);
  EXPECT_EQ(measure("").lines, 0u);
}

TEST(CodeMeasures, DepthIsNoDanger) {
  const std::string deep = "x = " + std::string(100'000, '(') + std::string(100'000, ')') + "\n";
  EXPECT_EQ(measure(deep).lines, 1u);
}

}  // namespace
}  // namespace headwater::scripts_audit
