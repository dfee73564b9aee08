#include "policy/baseline.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace headwater::policy {
namespace {

const std::string kHead = "# headwater-baseline/1\n";

std::string error_of(const std::string& text) {
  const auto parsed = parse_baseline(text, "b.txt");
  return parsed ? "" : parsed.error().path + " " + parsed.error().detail;
}

TEST(Baseline, WhatIsWrittenIsReadAgain) {
  Baseline baseline;
  baseline.deep = true;
  baseline.entries = {{"a b/c.py", "HW111", "shop.models", "Order", "", 1},
                      {"caf\xe9.py", "HW101", "x", "", "", 1},
                      {"line\nbreak\".py", "HW301", "", "", "", 1},
                      {"#1.py", "HW101", "-", "#1", "", 1},
                      {"d.py", "HW141", "lightkit", "", "HW211:damaged-distribution:num core", 1},
                      {"d.py", "HW201", "torch", "", "", 1},
                      {"d.py", "HW201", "torch", "", "", 1}};
  put_in_order(baseline);
  const std::string text = baseline_text(baseline);
  const auto parsed = parse_baseline(text, "b.txt");
  ASSERT_TRUE(parsed) << parsed.error().path << parsed.error().detail;
  EXPECT_EQ(parsed->entries, baseline.entries);
  EXPECT_TRUE(parsed->deep);
  EXPECT_NE(text.find("\nd.py HW201 torch\nd.py HW201 torch #2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n\"a b/c.py\" HW111 shop.models Order\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\nd.py HW141 lightkit <- \"HW211:damaged-distribution:num core\"\n"),
            std::string::npos)
      << text;
}

TEST(Baseline, OrderCommentsEmptyLinesAndLinesThatAreThereTwiceDoNotMatter) {
  const auto one = parse_baseline(kHead + "b.py HW101 x\n\n# why\na.py HW101 x\nb.py HW101 x", "b");
  const auto other =
      parse_baseline("# headwater-baseline/1\r\na.py HW101 x\r\nb.py  HW101 x \r\n", "b");
  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->entries, other->entries);
}

TEST(Baseline, AMalformedLineIsAnErrorThatNamesIt) {
  for (const char* line :
       {"a.py", "a.py HW101", "a.py HW1 x", "a.py HW10x y", "a.py HW101 x y z", "a.py HW101 x #0",
        "a.py HW101 x #", "a.py HW101 x <-", "\"a.py HW101 x", "\"a\\q\" HW101 x",
        "\"a\\xg0\" HW101 x", "\"a\"b HW101 x", "\"\" HW101 x", "a.py HW101 x #99999999999"}) {
    EXPECT_TRUE(error_of(kHead + "ok.py HW101 x\n" + line + "\n").starts_with("b.txt:3 no finding"))
        << line;
  }
}

TEST(Baseline, MarksOfAMergeConflictAreNamed) {
  for (const char* line : {"<<<<<<< HEAD", "=======", ">>>>>>> topic", "||||||| base"}) {
    EXPECT_TRUE(error_of(kHead + line + "\n").starts_with("b.txt:2 a merge conflict")) << line;
  }
}

TEST(Baseline, AnotherFirstLineIsAnError) {
  for (const char* text : {"", "a.py HW101 x\n", "# headwater-baseline/2\n"}) {
    EXPECT_TRUE(error_of(text).starts_with("b.txt:1 the first line of ")) << text;
  }
}

}  // namespace
}  // namespace headwater::policy
