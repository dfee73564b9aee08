#include "cache/snapshot_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <ctime>
#include <filesystem>

#include "unit/support/temporary_folder.h"

namespace headwater::cache {
namespace {

constexpr int64_t kHour = 3600;
constexpr int64_t kDay = 24 * kHour;

class SnapshotFolder : public testing::Test {
 protected:
  std::string folder() const { return temporary_.path("snapshots"); }
  static std::string name_of(int number) { return fmt::format("{:016x}-{:016x}", 1, number); }

  std::string put(const std::string& name, size_t size_bytes, int64_t age_seconds) const {
    EXPECT_TRUE(write_snapshot(folder(), name, std::string(size_bytes, 'x')));
    const std::string path = folder() + '/' + name;
    const timespec used{std::time(nullptr) - age_seconds, 0};
    const timespec times[] = {used, used};
    EXPECT_EQ(utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
    return path;
  }
  std::vector<std::string> kept() const {
    std::vector<std::string> names;
    const auto files = list_snapshots(folder());
    EXPECT_TRUE(files.has_value());
    for (const SnapshotFile& file : *files) {
      names.push_back(std::filesystem::path(file.path).filename().string());
    }
    return names;
  }

 private:
  TemporaryFolder temporary_;
};

TEST_F(SnapshotFolder, IsTheUsersAlone) {
  put(name_of(1), 1, 0);
  EXPECT_EQ(std::filesystem::status(folder()).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(SnapshotFolder, ThoseThatHaveNotAnsweredForLongestGoFirst) {
  for (int i = 0; i < 6; ++i) put(name_of(i), 10, i * kHour);
  keep_snapshots(folder(), {.most_bytes = 35, .always_kept = 1});
  EXPECT_EQ(kept(), (std::vector{name_of(0), name_of(1), name_of(2)}));
}

TEST_F(SnapshotFolder, TheNewestStayWhateverTheirSize) {
  for (int i = 0; i < 6; ++i) put(name_of(i), 100, i * kHour);
  keep_snapshots(folder(), {.most_bytes = 35, .always_kept = 2});
  EXPECT_EQ(kept(), (std::vector{name_of(0), name_of(1)}));
}

TEST_F(SnapshotFolder, ManySmallOnesAreTooMany) {
  for (int i = 0; i < 6; ++i) put(name_of(i), 1, i * kHour);
  keep_snapshots(folder(), {.most_files = 5, .always_kept = 2});
  EXPECT_EQ(kept().size(), 5u);
}

TEST_F(SnapshotFolder, WhatIsOldGoesThoughItFits) {
  put(name_of(1), 1, 29 * kDay);
  put(name_of(2), 1, 31 * kDay);
  keep_snapshots(folder());
  EXPECT_EQ(kept(), std::vector{name_of(1)});
}

TEST_F(SnapshotFolder, WhatKilledWritersLeftGoesAfterAnHour) {
  put(name_of(1) + ".aB3xyZ", 1, 2 * kHour);
  put(name_of(2) + ".aB3xyZ", 1, 0);
  keep_snapshots(folder());
  EXPECT_EQ(kept(), std::vector{name_of(2) + ".aB3xyZ"});
}

TEST_F(SnapshotFolder, OtherFilesStay) {
  const std::string note = put("notes.txt", 1, 90 * kDay);
  const std::string near = put(name_of(1) + "-aB3xyZ", 1, 90 * kDay);
  keep_snapshots(folder());
  EXPECT_TRUE(std::filesystem::exists(note));
  EXPECT_TRUE(std::filesystem::exists(near));
}

TEST_F(SnapshotFolder, ItsUseIsNotedOnceADay) {
  const auto age = [](const std::string& path) {
    struct stat status {};
    EXPECT_EQ(stat(path.c_str(), &status), 0);
    return std::time(nullptr) - status.st_mtim.tv_sec;
  };
  const std::string used_today = put(name_of(1), 1, 2 * kHour);
  const std::string used_before = put(name_of(2), 1, 2 * kDay);
  mark_used(used_today);
  mark_used(used_before);
  EXPECT_GE(age(used_today), kHour);
  EXPECT_LT(age(used_before), kHour);
}

}  // namespace
}  // namespace headwater::cache
