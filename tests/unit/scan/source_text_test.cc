#include "scan/python/source_text.h"

#include <gtest/gtest.h>

namespace headwater::scan {
namespace {

TEST(LineTable, LfCrlfAndLoneCrEachEndOneLine) {
  ByteIndex index;
  index.build("a\nb\r\nc\rd", best_byte_classes());
  LineTable table("a\nb\r\nc\rd", index);
  EXPECT_EQ(table.line(0), 1u);
  EXPECT_EQ(table.line(2), 2u);
  EXPECT_EQ(table.line(5), 3u);
  EXPECT_EQ(table.line(7), 4u);
  EXPECT_EQ(table.line(2), 2u);
}

TEST(LineTable, ColumnsCountCodePointsNotBytes) {
  ByteIndex index;
  index.build("\xC3\xA9\xE2\x82\xAC = 1\n", best_byte_classes());
  LineTable table("\xC3\xA9\xE2\x82\xAC = 1\n", index);
  EXPECT_EQ(table.column(0), 1u);
  EXPECT_EQ(table.column(2), 2u);
  EXPECT_EQ(table.column(6), 4u);
}

}  // namespace
}  // namespace headwater::scan
