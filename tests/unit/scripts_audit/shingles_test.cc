#include "scripts_audit/shingles.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

#include "scripts_audit/tokens.h"

namespace headwater::scripts_audit {
namespace {

std::vector<uint64_t> numbers(uint64_t first, size_t count) {
  std::vector<uint64_t> all(count);
  std::iota(all.begin(), all.end(), first);
  return all;
}

TEST(Tokens, CommentsBlanksAndLinesSayNothing) {
  const Tokens one = tokens_of("x = f(1)  # a\n\nif x:\n    y\n");
  const Tokens other = tokens_of("x=f( 1 )\nif x: y\n");
  EXPECT_EQ(one.hashes, other.hashes);
  EXPECT_NE(one.hashes, tokens_of("x = f(2)\nif x: y\n").hashes);
}

TEST(Tokens, LiteralsKnowTheirLines) {
  const Tokens tokens = tokens_of("a = 'x'\nb = r\"\"\"1\n'2\n\"\"\"\nc = f'y\\'z' # 'no'\n");
  ASSERT_EQ(tokens.literals.size(), 3u);
  EXPECT_EQ(tokens.literals[0].text, "x");
  EXPECT_EQ(tokens.literals[1].text, "1\n'2\n");
  EXPECT_EQ(tokens.literals[1].line, 2u);
  EXPECT_EQ(tokens.literals[2].text, "y\\'z");
  EXPECT_EQ(tokens.literals[2].line, 5u);
}

TEST(Tokens, WhatIsNotClosedEnds) {
  EXPECT_EQ(tokens_of("a = 'x\nb").literals.size(), 1u);
  EXPECT_EQ(tokens_of("'''x").literals.size(), 1u);
  EXPECT_EQ(tokens_of("'\\").literals.size(), 1u);
}

TEST(Shingles, SimilarityIsTheShareOfWhatEitherHas) {
  const Shingles one = shingles_of(numbers(0, 107));
  const Shingles other = shingles_of(numbers(50, 107));
  ASSERT_EQ(one.size(), 100u);
  EXPECT_DOUBLE_EQ(similarity(one, other), 50.0 / 150.0);
  EXPECT_DOUBLE_EQ(similarity(one, one), 1.0);
  EXPECT_DOUBLE_EQ(similarity({}, {}), 0.0);
}

TEST(Shingles, TwinIsTheMostSimilarFirst) {
  const std::vector<Shingles> texts = {shingles_of(numbers(1000, 200)),
                                       shingles_of(numbers(0, 200)), shingles_of(numbers(5, 200)),
                                       shingles_of(numbers(0, 200)), shingles_of(numbers(0, 20))};
  const auto twins = twins_of(texts, 0.8);
  EXPECT_FALSE(twins[0]);
  ASSERT_TRUE(twins[1] && twins[2] && twins[3]);
  EXPECT_EQ(twins[1]->text, 3u);
  EXPECT_DOUBLE_EQ(twins[1]->similarity, 1.0);
  EXPECT_EQ(twins[2]->text, 1u);
  EXPECT_FALSE(twins[4]) << "too short to say";
}

TEST(Shingles, ManyEqualTextsFindOneAnother) {
  const std::vector<Shingles> texts(300, shingles_of(numbers(0, 100)));
  for (const auto& twin : twins_of(texts, 0.8)) {
    ASSERT_TRUE(twin);
    EXPECT_DOUBLE_EQ(twin->similarity, 1.0);
  }
}

}  // namespace
}  // namespace headwater::scripts_audit
