#include "scan/python/source_text.h"

#include <gtest/gtest.h>

namespace headwater::scan {
namespace {

TEST(LineTable, LfCrlfAndLoneCrEachEndOneLine) {
  const LineTable table("a\nb\r\nc\rd");
  EXPECT_EQ(table.line_count(), 4u);
  EXPECT_EQ(table.line(0), 1u);
  EXPECT_EQ(table.line(2), 2u);
  EXPECT_EQ(table.line(5), 3u);
  EXPECT_EQ(table.line(7), 4u);
}

TEST(LineTable, ColumnsCountCodePointsNotBytes) {
  const LineTable table("\xC3\xA9\xE2\x82\xAC = 1\n");
  EXPECT_EQ(table.column(0), 1u);
  EXPECT_EQ(table.column(2), 2u);
  EXPECT_EQ(table.column(6), 4u);
}

TEST(LineTable, EmptyTextHasOneLine) { EXPECT_EQ(LineTable("").line_count(), 1u); }

}  // namespace
}  // namespace headwater::scan
