#include "walk/glob.h"

#include <gtest/gtest.h>

#include <string>

namespace headwater::walk {
namespace {

TEST(Glob, StarAndQuestionMarkStopAtSlash) {
  EXPECT_TRUE(glob_matches("a*c", "abbc"));
  EXPECT_FALSE(glob_matches("a*c", "a/c"));
  EXPECT_FALSE(glob_matches("a?c", "a/c"));
}

TEST(Glob, TwoStarsBetweenSlashesMatchAnyNumberOfFolders) {
  EXPECT_TRUE(glob_matches("**/x", "x"));
  EXPECT_TRUE(glob_matches("**/x", "a/b/x"));
  EXPECT_TRUE(glob_matches("a/**/x", "a/x"));
  EXPECT_TRUE(glob_matches("a/**", "a/b/c"));
  EXPECT_FALSE(glob_matches("a/**", "a"));
  EXPECT_FALSE(glob_matches("a/b**c", "a/b/c"));
}

TEST(Glob, LaterStarsTakeWhatEarlierOnesCould) {
  EXPECT_TRUE(glob_matches("**/a/**/b*d", "x/a/a/q/bcd"));
  EXPECT_TRUE(glob_matches("*a*b*c", "aXbXabc"));
}

TEST(Glob, BracketsHoldRangesClassesAndEscapes) {
  EXPECT_TRUE(glob_matches("[a-c]x", "bx"));
  EXPECT_TRUE(glob_matches("[]-]", "]"));
  EXPECT_TRUE(glob_matches("[!a]", "b"));
  EXPECT_TRUE(glob_matches("[[:digit:]]", "7"));
  EXPECT_TRUE(glob_matches("[\\]]", "]"));
  EXPECT_FALSE(glob_matches("a[!b]c", "a/c"));
}

TEST(Glob, MalformedBracketsMatchNothing) {
  EXPECT_FALSE(glob_matches("[a", "[a"));
  EXPECT_FALSE(glob_matches("[[:nope:]]", "n"));
  EXPECT_FALSE(glob_matches("a\\", "a\\"));
}

TEST(Glob, ManyStarsAreNotExponential) {
  std::string glob, text(20000, 'a');
  for (int i = 0; i < 100; ++i) glob += "a*";
  EXPECT_FALSE(glob_matches(glob + 'b', text));
}

}  // namespace
}  // namespace headwater::walk
