#include "cache/housekeeping.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <atomic>
#include <ctime>
#include <thread>

#include "cache/inspect.h"
#include "cache/store_folder.h"
#include "unit/cache/store_fixture.h"

namespace headwater::cache {
namespace {

constexpr int64_t kDay = 24 * 3600;

class Housekeeping : public StoreTest {
 protected:
  static void set_age(const std::string& path, int64_t days) {
    const time_t time = std::time(nullptr) - days * kDay;
    const timespec times[] = {{time, 0}, {time, 0}};
    ASSERT_EQ(utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
  }
  static int64_t age_in_days(const std::string& path) {
    struct stat status {};
    stat(path.c_str(), &status);
    return (std::time(nullptr) - status.st_mtim.tv_sec) / kDay;
  }
  /// The one that a commit adds.
  std::string commit_one(int number, StoreLimits limits = {}) const {
    const std::vector<std::string> before = files();
    commit(number, number + 1, limits);
    for (const std::string& path : files()) {
      if (!std::ranges::binary_search(before, path)) return path;
    }
    return {};
  }
};

TEST_F(Housekeeping, ManyPacksBecomeFew) {
  constexpr int kCommits = 300;
  for (int i = 0; i < kCommits; ++i) {
    commit(i, i + 1);
    ASSERT_LE(files().size(), 16u);
  }
  EXPECT_EQ(count_found(store(), 0, kCommits + 1), kCommits);
  const auto checked = verify(folder(), kScanner);
  EXPECT_TRUE(checked->damaged.empty());
  EXPECT_EQ(checked->entries, static_cast<uint64_t>(kCommits));
}

TEST_F(Housekeeping, ALargePackIsNotCopiedWithSmallOnes) {
  commit(0, 3000);
  const std::string large = files()[0];
  for (int i = 3000; i < 3100; ++i) commit(i, i + 1);
  EXPECT_TRUE(std::filesystem::exists(large));
}

TEST_F(Housekeeping, AMergedPackHasEachKeyOnce) {
  // Runs at the same time do not see what the others add.
  std::deque<FactsStore> runs;
  for (int i = 0; i < 17; ++i) {
    runs.emplace_back(folder(), kScanner);
    EXPECT_EQ(find(runs.back(), 1), Found::kNone);
  }
  for (FactsStore& run : runs) {
    add(run, 1);
    ASSERT_TRUE(run.commit());
  }
  EXPECT_EQ(files().size(), 1u);
  EXPECT_EQ(info(folder(), kScanner)->entries, 1u);
}

TEST_F(Housekeeping, PacksThatAreMergedAwayAreStillReadByThoseWhoHaveThemOpen) {
  commit(0, 1);
  const FactsStore reader = store();
  EXPECT_EQ(find(reader, 0), Found::kRight);
  for (int i = 1; i < 17; ++i) commit(i, i + 1);
  EXPECT_EQ(files().size(), 1u);
  EXPECT_EQ(find(reader, 0), Found::kRight);
}

TEST_F(Housekeeping, OneProcessAtATime) {
  commit(0, 1);
  const auto lock = lock_store(folder());
  ASSERT_TRUE(lock);
  for (int i = 1; i < 30; ++i) commit(i, i + 1);
  EXPECT_EQ(files().size(), 30u);
}

TEST_F(Housekeeping, APackThatServesStaysYoung) {
  const std::string served = commit_one(1);
  const std::string idle = commit_one(2);
  for (const std::string& path : files()) set_age(path, 20);
  FactsStore run = store();
  EXPECT_EQ(find(run, 1), Found::kRight);
  ASSERT_TRUE(run.commit());
  EXPECT_EQ(age_in_days(served), 0);
  EXPECT_EQ(age_in_days(idle), 20);
}

TEST_F(Housekeeping, WhatIsTooOldGoes) {
  const std::string old = commit_one(1);
  const std::string young = commit_one(2);
  FactsStore other(folder(), kScanner + 1);
  add(other, 1);
  ASSERT_TRUE(other.commit());
  for (const std::string& path : files()) set_age(path, path == young ? 29 : 31);
  ASSERT_TRUE(store().commit());
  EXPECT_EQ(files(), std::vector<std::string>{young});
}

TEST_F(Housekeeping, WhatIsTooMuchGoesTheLongestUnusedFirst) {
  const std::string first = commit_one(1);
  const std::string second = commit_one(2);
  const std::string third = commit_one(3);
  FactsStore other(folder(), kScanner + 1);
  add(other, 1);
  ASSERT_TRUE(other.commit());
  set_age(first, 1);
  set_age(second, 3);
  set_age(third, 2);
  const uint64_t bytes = std::filesystem::file_size(first);
  ASSERT_TRUE(store({.most_bytes = 2 * bytes + bytes / 2}).commit());
  EXPECT_EQ(files().size(), 2u);
  EXPECT_FALSE(std::filesystem::exists(second));
  EXPECT_EQ(info(folder(), kScanner)->other_packs, 0u);
  ASSERT_TRUE(store({.most_bytes = 0}).commit());
  EXPECT_TRUE(files().empty());
}

TEST_F(Housekeeping, AMergedPackIsAsOldAsItsYoungest) {
  for (int i = 0; i < 17; ++i) {
    const auto lock = lock_store(folder());  // not before all are there
    set_age(commit_one(i), 20 - i);
  }
  EXPECT_EQ(files().size(), 17u);
  ASSERT_TRUE(store().commit());
  ASSERT_EQ(files().size(), 1u);
  EXPECT_EQ(age_in_days(files()[0]), 4);
}

TEST_F(Housekeeping, WhatKilledWritersLeftGoesAndWhatIsBeingWrittenStays) {
  commit(0, 1);
  const std::string abandoned = fmt::format("{}/{:016x}-{:016x}.tmp", folder(), 1, 2);
  put_content(abandoned, "half");
  const auto written = create_in_store(folder(), 3);
  ASSERT_TRUE(written);
  EXPECT_EQ(info(folder(), kScanner)->temporary_files, 2u);
  ASSERT_TRUE(store().commit());
  EXPECT_EQ(files(".tmp"), std::vector<std::string>{written->temporary});
  put_content(abandoned, "half");
  EXPECT_EQ(clean(folder())->files, 2u);
  EXPECT_EQ(files(".tmp"), std::vector<std::string>{written->temporary});
}

TEST_F(Housekeeping, WhatHasJustBeenMadeIsNotTakenForAbandoned) {
  std::atomic<bool> is_over = false;
  std::thread cleaner([&] {
    while (!is_over) {
      const auto listed = list_store(folder());
      for (const StoreFile& file : *listed) remove_abandoned(file);
    }
  });
  int gone = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto made = create_in_store(folder(), 1);
    gone += !made || unlink(made->temporary.c_str()) != 0;
  }
  is_over = true;
  cleaner.join();
  EXPECT_EQ(gone, 0);
}

TEST_F(Housekeeping, CleanLeavesWhatIsNotTheStores) {
  EXPECT_EQ(clean(folder())->files, 0u);
  commit(0, 10);
  const std::vector<std::string> strangers = {"notes.pack",
                                              "0123456789abcdef-0123456789abcdeg.pack",
                                              "0123456789abcdef-0123456789abcdef.pack.old"};
  for (const std::string& name : strangers) put_content(folder() + '/' + name, "mine");
  const uint64_t bytes = info(folder(), kScanner)->bytes;
  const auto cleaned = clean(folder());
  EXPECT_EQ(cleaned->files, 1u);
  EXPECT_EQ(cleaned->bytes, bytes);
  EXPECT_TRUE(cleaned->failed.empty());
  for (const std::string& name : strangers)
    EXPECT_TRUE(std::filesystem::exists(folder() + '/' + name));
  EXPECT_EQ(count_found(store(), 0, 10), 0);
}

TEST_F(Housekeeping, InfoCountsAndVerifyNamesWhatIsDamaged) {
  EXPECT_EQ(info(folder(), kScanner)->packs, 0u);
  EXPECT_FALSE(info(folder(), kScanner)->oldest_use);
  const std::string first = commit_one(1);
  const std::string second = commit_one(2);
  set_age(first, 5);
  set_age(second, 2);
  const auto seen = info(folder(), kScanner);
  EXPECT_EQ(seen->packs, 2u);
  EXPECT_EQ(seen->entries, 2u);
  // The clock may go on between the two.
  EXPECT_NEAR(static_cast<double>(*seen->newest_use - *seen->oldest_use), 3.0 * kDay, 60);
  std::string content = content_of(second);
  content[40] ^= 1;
  put_content(second, content);
  const auto checked = verify(folder(), kScanner);
  EXPECT_EQ(checked->packs, 2u);
  ASSERT_EQ(checked->damaged.size(), 1u);
  EXPECT_EQ(checked->damaged[0].path, second);
  EXPECT_EQ(checked->damaged[0].detail, "is damaged: 1 of 1 entries");
}

}  // namespace
}  // namespace headwater::cache
