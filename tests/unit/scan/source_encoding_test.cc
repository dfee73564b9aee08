#include "scan/python/source_encoding.h"

#include <gtest/gtest.h>

namespace headwater::scan {
namespace {

using namespace std::string_literals;

TEST(SourceEncoding, CookieCountsInTheFirstTwoLinesAfterCommentsOnly) {
  EXPECT_EQ(declared_encoding("#!/x\n# -*- coding: Latin_1 -*-\n"), "latin-1");
  EXPECT_EQ(declared_encoding("x = 1\n# coding: latin-1\n"), "");
  EXPECT_EQ(declared_encoding("\n\n# coding: latin-1\n"), "");
}

TEST(SourceEncoding, DeclaredEncodingBecomesUtf8) {
  std::string storage;
  const auto source = decode_source("# coding: latin-1\nx = '\xE9'\n", storage);
  EXPECT_FALSE(source.fault);
  EXPECT_EQ(source.text, "# coding: latin-1\nx = '\xC3\xA9'\n");
}

TEST(SourceEncoding, BytesThatAreNoUtf8AreAFaultAtTheirLine) {
  std::string storage;
  const auto source = decode_source("x = 1\n# \xFF\n", storage);
  ASSERT_TRUE(source.fault);
  EXPECT_EQ(source.fault->kind, SyntaxErrorKind::kEncoding);
  EXPECT_EQ(source.fault->line, 2u);
}

TEST(SourceEncoding, NullByteIsAFault) {
  std::string storage;
  const auto source = decode_source("x\n\0"s, storage);
  ASSERT_TRUE(source.fault);
  EXPECT_EQ(source.fault->kind, SyntaxErrorKind::kNullByte);
}

}  // namespace
}  // namespace headwater::scan
