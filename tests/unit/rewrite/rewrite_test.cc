#include "rewrite/rewrite.h"

#include <gtest/gtest.h>

#include "base/memory_file_system.h"

namespace headwater::rewrite {
namespace {

std::string of(std::string_view statement) {
  return rewritten(statement, "shop.pricing", "shop.store.pricing").value_or("left");
}

TEST(Rewrite, NamesTheModuleWhereItIsNow) {
  EXPECT_EQ(of("from shop.pricing import total"), "from shop.store.pricing import total");
  EXPECT_EQ(of("from  .pricing\timport (a,\n  b)"), "from  shop.store.pricing\timport (a,\n  b)");
  EXPECT_EQ(of("from ..pricing import *"), "from shop.store.pricing import *");
  EXPECT_EQ(of("import shop.pricing as p"), "import shop.store.pricing as p");
  EXPECT_EQ(of("import os, shop.pricing as p, sys"), "import os, shop.store.pricing as p, sys");
}

TEST(Rewrite, LeavesWhatBindsAnotherNameThen) {
  EXPECT_EQ(of("import shop.pricing"), "left");
  EXPECT_EQ(of("import shop.pricing, os as p"), "left");
}

TEST(Rewrite, LeavesWhatIsNotWrittenPlainly) {
  EXPECT_EQ(of("from shop . pricing import total"), "left");
  EXPECT_EQ(of("from shop.pricing \\\n import total"), "left");
  EXPECT_EQ(of("from"), "left");
  EXPECT_EQ(of("import"), "left");
  EXPECT_EQ(of(""), "left");
}

TEST(Rewrite, LeavesAFileThatHasChanged) {
  MemoryFileSystem files;
  files.add_file("/r/a.py", "from shop.pricing import total\n");
  const MovedImport moved{"a.py", 1, 0, 30, 1, "shop.pricing", "shop.store.pricing"};
  const Rewritten made = rewrite(files, "/r", std::span(&moved, 1));
  EXPECT_TRUE(made.files.empty());
  ASSERT_EQ(made.left.size(), 1u);
}

}  // namespace
}  // namespace headwater::rewrite
