#include "cache/facts_store.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "cache/inspect.h"
#include "unit/cache/store_fixture.h"

namespace headwater::cache {
namespace {

class FactsStoreTest : public StoreTest {};

TEST_F(FactsStoreTest, GivesBackTheFactsOfRealSources) {
  std::vector<Sample> samples;
  for (const auto& entry : std::filesystem::directory_iterator(STANDARD_LIBRARY)) {
    if (entry.path().extension() == ".py") samples.push_back(sample_of(content_of(entry.path())));
  }
  ASSERT_GT(samples.size(), 100u);
  FactsStore writer = store();
  for (const Sample& sample : samples) writer.add(sample.key, sample.facts);
  ASSERT_TRUE(writer.commit());
  const FactsStore reader = store();
  for (size_t i = 0; i < samples.size(); ++i) {
    EXPECT_EQ(find(reader, samples[i]), Found::kRight);
    EXPECT_EQ(find(reader, samples[(i * 37) % samples.size()]), Found::kRight);
  }
  EXPECT_EQ(files().size(), 1u);
  const auto checked = verify(folder(), kScanner);
  EXPECT_TRUE(checked->damaged.empty());
  EXPECT_EQ(checked->entries, samples.size());
}

TEST_F(FactsStoreTest, KeepsNothingWithoutACommit) {
  {
    FactsStore writer = store();
    for (int i = 0; i < 2000; ++i) add(writer, i);
    EXPECT_EQ(find(writer, 1), Found::kNone);
    EXPECT_EQ(files(".tmp").size(), 1u);
  }
  EXPECT_TRUE(files(".tmp").empty());
  EXPECT_TRUE(files().empty());
}

TEST_F(FactsStoreTest, WritesNothingWhereNothingIsNew) {
  ASSERT_TRUE(store().commit());
  EXPECT_FALSE(std::filesystem::exists(folder()));
  commit(0, 10);
  commit(0, 10);
  EXPECT_EQ(files().size(), 1u);
}

TEST_F(FactsStoreTest, GoesOnAfterACommit) {
  FactsStore both = store();
  add(both, 1);
  ASSERT_TRUE(both.commit());
  EXPECT_EQ(find(both, 1), Found::kRight);
  add(both, 1);
  add(both, 2);
  ASSERT_TRUE(both.commit());
  EXPECT_EQ(count_found(both, 0, 4), 2);
  EXPECT_EQ(files().size(), 2u);
}

TEST_F(FactsStoreTest, TellsApartWhatTheKeyTellsApart) {
  commit(1, 2);
  const FactsStore reader = store();
  const FactsKey key = sample_of(1).key;
  EXPECT_TRUE(reader.find(key));
  EXPECT_FALSE(reader.find({key.content_hash, key.size_bytes, 1}));
  EXPECT_FALSE(reader.find({key.content_hash, key.size_bytes + 1, 0}));
  EXPECT_FALSE(reader.find({key.content_hash + 1, key.size_bytes, 0}));
}

TEST_F(FactsStoreTest, NeverReadsWhatAnotherScannerWrote) {
  commit(0, 10);
  FactsStore other(folder(), kScanner + 1);
  EXPECT_EQ(count_found(other, 0, 10), 0);
  add(other, 3);
  ASSERT_TRUE(other.commit());
  EXPECT_TRUE(other.warnings().empty());
  const auto seen = info(folder(), kScanner + 1);
  EXPECT_EQ(seen->entries, 1u);
  EXPECT_EQ(seen->packs, 1u);
  EXPECT_EQ(seen->other_packs, 1u);
}

TEST_F(FactsStoreTest, NeverReadsWhatAnotherScannerWroteUnderItsOwnName) {
  FactsStore other(folder(), kScanner + 1);
  add(other, 1);
  ASSERT_TRUE(other.commit());
  const std::string packs_of_the_other = content_of(files()[0]);
  std::filesystem::remove(files()[0]);
  commit(2, 3);
  put_content(files()[0], packs_of_the_other);
  const FactsStore reader = store();
  EXPECT_EQ(count_found(reader, 0, 10), 0);
  EXPECT_EQ(reader.warnings().size(), 1u);
}

TEST_F(FactsStoreTest, IsSafeForThreads) {
  FactsStore shared = store();
  for (int round = 0; round < 2; ++round) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 500; ++i) {
          const Sample sample = sample_of(t / 2 * 500 + i);
          const Found found = find(shared, sample);
          EXPECT_EQ(found, round == 0 ? Found::kNone : Found::kRight);
          if (found == Found::kNone) shared.add(sample.key, sample.facts);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    ASSERT_TRUE(shared.commit());
  }
  EXPECT_EQ(verify(folder(), kScanner)->entries, 2000u);
}

/// Runs `body` as a user whom permissions bind.
template <typename Body>
void without_privileges(Body body) {
  constexpr uid_t kNobody = 65534;
  const uid_t user = geteuid();
  ASSERT_TRUE(user != 0 || seteuid(kNobody) == 0);
  body();
  ASSERT_TRUE(user != 0 || seteuid(user) == 0);
}

TEST_F(FactsStoreTest, GoesOnWithOneWarningWhereItMayNotWrite) {
  commit(0, 10);
  std::filesystem::permissions(std::filesystem::path(folder()).parent_path(),
                               std::filesystem::perms(0755));
  std::filesystem::permissions(folder(), std::filesystem::perms(0555));
  std::filesystem::permissions(files()[0], std::filesystem::perms(0444));
  without_privileges([&] {
    FactsStore reader = store();
    EXPECT_EQ(count_found(reader, 0, 10), 10);
    EXPECT_TRUE(reader.commit());
    EXPECT_TRUE(reader.warnings().empty());
    for (int i = 0; i < 2000; ++i) add(reader, i);
    EXPECT_FALSE(reader.commit());
    EXPECT_EQ(count_found(reader, 0, 20), 10);
    EXPECT_EQ(reader.warnings().size(), 1u);
  });
  EXPECT_EQ(files().size(), 1u);
}

TEST_F(FactsStoreTest, GoesOnWithOneWarningWhereItMayNotRead) {
  commit(0, 10);
  std::filesystem::permissions(folder(), std::filesystem::perms(0));
  without_privileges([&] {
    FactsStore reader = store();
    EXPECT_EQ(count_found(reader, 0, 10), 0);
    add(reader, 1);
    EXPECT_FALSE(reader.commit());
    EXPECT_EQ(reader.warnings().size(), 1u);
  });
  std::filesystem::permissions(folder(), std::filesystem::perms(0700));
}

TEST_F(FactsStoreTest, GoesOnWithOneWarningWhereThereIsAFile) {
  put_content(folder(), "");
  FactsStore reader = store();
  EXPECT_EQ(count_found(reader, 0, 10), 0);
  add(reader, 1);
  EXPECT_FALSE(reader.commit());
  EXPECT_EQ(reader.warnings().size(), 1u);
}

/// No file may become larger: what a full disk looks like to the writer.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit old_{};
  void (*handler_)(int);
};

TEST_F(FactsStoreTest, LeavesNothingOnAFullDiskAndLosesNothing) {
  commit(0, 2000);
  const auto size = std::filesystem::file_size(files()[0]);
  std::filesystem::remove(files()[0]);
  commit(2000, 2010);
  // Full at once, within the entries, the index and the footer.
  for (const auto bytes : {size * 0, size / 2, size - 20000, size - 1}) {
    FactsStore writer = store();
    for (int i = 0; i < 2000; ++i) add(writer, i);
    {
      const FullDisk full(bytes);
      EXPECT_FALSE(writer.commit()) << bytes;
    }
    EXPECT_EQ(writer.warnings().size(), 1u);
    EXPECT_EQ(count_found(writer, 0, 2010), 10);
    EXPECT_EQ(files().size(), 1u);
    EXPECT_TRUE(files(".tmp").empty());
  }
}

}  // namespace
}  // namespace headwater::cache
