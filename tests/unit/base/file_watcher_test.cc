#include "base/file_watcher.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

#include "unit/support/temporary_folder.h"

namespace headwater {
namespace {

/// Far below the minute after which it looks anyway, far above what a busy machine takes.
bool is_told(const FileWatcher& watcher) {
  const auto begin = std::chrono::steady_clock::now();
  watcher.wait();
  watcher.settle();
  return std::chrono::steady_clock::now() - begin < std::chrono::seconds(30);
}

class FileWatcherTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("a.py", "import b\n");
    folder_.write("below/b.py", "");
    watcher_.watch({folder_.path(), folder_.path("below"), folder_.path("gone")});
    if (watcher_.polls()) GTEST_SKIP() << "the system watches no folder";
  }

  TemporaryFolder folder_;
  FileWatcher watcher_;
};

TEST_F(FileWatcherTest, TellsOfAFileThatIsWritten) {
  folder_.write("a.py", "import c\n");
  EXPECT_TRUE(is_told(watcher_));
}

TEST_F(FileWatcherTest, TellsOfWhatComesAndGoesInEachFolder) {
  folder_.write("below/c.py", "");
  EXPECT_TRUE(is_told(watcher_));
  std::filesystem::remove(folder_.path("below/b.py"));
  EXPECT_TRUE(is_told(watcher_));
}

TEST_F(FileWatcherTest, TellsOfAFolderThatCameLater) {
  folder_.write("gone/d.py", "");
  EXPECT_TRUE(is_told(watcher_));
  watcher_.watch({folder_.path("gone")});
  folder_.write("gone/d.py", "import os\n");
  EXPECT_TRUE(is_told(watcher_));
}

}  // namespace
}  // namespace headwater
