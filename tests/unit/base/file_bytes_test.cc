#include "base/file_bytes.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "unit/support/temporary_folder.h"

namespace headwater {
namespace {

Result<OpenFile> opened(const TemporaryFolder& folder, std::string_view name,
                        uint64_t max_bytes = uint64_t{64} << 20) {
  return OpenFile::open(AT_FDCWD, folder.path(name), max_bytes);
}

TEST(FileBytes, ZerosFollowTheText) {
  const TemporaryFolder folder;
  folder.write("long.py", std::string(5000, 'x'));
  folder.write("short.py", "y = 1\n");
  folder.write("empty.py", "");
  FileReader reader;
  ASSERT_EQ(reader.read(*opened(folder, "long.py"))->text, std::string(5000, 'x'));
  const auto bytes = reader.read(*opened(folder, "short.py"));
  ASSERT_EQ(bytes->text, "y = 1\n");
  EXPECT_GT(bytes->mtime_ns, 0);
  const char* end = bytes->text.data() + bytes->text.size();
  EXPECT_TRUE(std::all_of(end, end + 64, [](char c) { return c == 0; }));
  EXPECT_EQ(reader.read(*opened(folder, "empty.py"))->text, "");
}

TEST(FileBytes, ResidentFilesNeedNoWait) {
  const TemporaryFolder folder;
  folder.write("a.py", "x = 1\n");
  FileReader reader;
  const auto file = opened(folder, "a.py");
  file->prefetch();
  ASSERT_TRUE(reader.read(*file));
  const auto bytes = reader.read_if_resident(*file);
  ASSERT_TRUE(bytes && *bytes);
  EXPECT_EQ((*bytes)->text, "x = 1\n");
}

TEST(FileBytes, HugeSparseFileIsRefusedUnread) {
  const TemporaryFolder folder;
  folder.write("huge.py", "");
  std::filesystem::resize_file(folder.path("huge.py"), uintmax_t{10} << 30);
  const auto file = opened(folder, "huge.py");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::kTooLarge);
  EXPECT_NE(file.error().detail.find("--max-file-size"), std::string::npos);
}

TEST(FileBytes, FileThatShrinksIsChangedAndNothingWorse) {
  const TemporaryFolder folder;
  folder.write("a.py", std::string(100000, 'x'));
  const auto file = opened(folder, "a.py");
  std::filesystem::resize_file(folder.path("a.py"), 10);
  FileReader reader;
  EXPECT_EQ(reader.read(*file).error().code, ErrorCode::kChanged);
  const auto resident = reader.read_if_resident(*file);
  EXPECT_TRUE(!resident || !*resident);
}

TEST(FileBytes, FileThatGrowsIsChanged) {
  const TemporaryFolder folder;
  folder.write("a.py", "x = 1\n");
  const auto file = opened(folder, "a.py");
  folder.write("a.py", "x = 1\ny = 2\n");
  FileReader reader;
  EXPECT_EQ(reader.read(*file).error().code, ErrorCode::kChanged);
}

TEST(FileBytes, LinksPipesAndFoldersAreRefusedWithoutHanging) {
  const TemporaryFolder folder;
  folder.write("a.py", "");
  ASSERT_EQ(symlink("a.py", folder.path("link.py").c_str()), 0);
  ASSERT_EQ(mkfifo(folder.path("pipe.py").c_str(), 0600), 0);
  ASSERT_EQ(mkdir(folder.path("folder.py").c_str(), 0700), 0);
  EXPECT_FALSE(opened(folder, "link.py"));
  EXPECT_FALSE(opened(folder, "pipe.py"));
  EXPECT_FALSE(opened(folder, "folder.py"));
  EXPECT_EQ(opened(folder, "gone.py").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace headwater
