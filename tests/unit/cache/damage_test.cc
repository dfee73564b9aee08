#include <sys/stat.h>

#include <cstring>
#include <random>

#include "cache/inspect.h"
#include "unit/cache/store_fixture.h"

namespace headwater::cache {
namespace {

/// A pack in which anything may have happened to any byte.
class DamagedStore : public StoreTest {
 protected:
  /// Reads with every key, writes what is missing as a run does, and expects the store to be whole
  /// then. Gives how many were found.
  int read_and_repair(int end) const {
    int found = 0;
    {
      FactsStore run = store();
      found = count_found(run, 0, end);
      for (int i = 0; i < end; ++i) add(run, i);
      EXPECT_TRUE(run.commit());
      EXPECT_EQ(run.warnings().size(), found < end ? 1u : 0u);
    }
    const FactsStore next = store();
    EXPECT_EQ(count_found(next, 0, end), end);
    EXPECT_TRUE(next.warnings().empty());
    EXPECT_TRUE(verify(folder(), kScanner)->damaged.empty());
    return found;
  }
  void reset(const std::string& content) const {
    for (const std::string& path : files()) std::filesystem::remove(path);
    put_content(folder() + "/" + name_, content);
  }
  std::string first_pack() {
    name_ = std::filesystem::path(files().at(0)).filename();
    return content_of(files()[0]);
  }

 private:
  std::string name_;
};

TEST_F(DamagedStore, AnyByteMayBeWrong) {
  commit(0, 3);
  const std::string whole = first_pack();
  for (size_t i = 0; i < whole.size(); ++i) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      std::string changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ change);
      reset(changed);
      EXPECT_LT(read_and_repair(3), 3) << i;
    }
  }
}

TEST_F(DamagedStore, AnyLengthMayBeLeft) {
  commit(0, 3);
  const std::string whole = first_pack();
  for (size_t length = 0; length < whole.size(); ++length) {
    reset(whole.substr(0, length));
    EXPECT_EQ(read_and_repair(3), 0) << length;
  }
  reset(whole + '\0');
  EXPECT_EQ(read_and_repair(3), 0);
}

TEST_F(DamagedStore, AnyLengthMayBeLeftOfAPackThatIsOpen) {
  constexpr int kEntries = 300;
  commit(0, kEntries);
  const std::string whole = first_pack();
  for (size_t length = 0; length < whole.size(); length += 997) {
    reset(whole);
    FactsStore run = store();
    EXPECT_EQ(find(run, 0), Found::kRight);
    std::filesystem::resize_file(files()[0], length);
    for (int i = 0; i < kEntries; ++i) {
      if (find(run, i) == Found::kNone) add(run, i);
    }
    EXPECT_TRUE(run.commit());
    // What was read before the cut was not missed then, but is now.
    FactsStore next = store();
    for (int i = 0; i < kEntries; ++i) {
      const Found found = find(next, i);
      EXPECT_NE(found, Found::kWrong);
      if (found == Found::kNone) add(next, i);
    }
    EXPECT_TRUE(next.commit());
    EXPECT_EQ(count_found(next, 0, kEntries), kEntries);
  }
}

TEST_F(DamagedStore, TenThousandBitsMayBeWrongOneByOne) {
  constexpr int kEntries = 100;
  commit(0, kEntries);
  const std::string whole = first_pack();
  std::mt19937_64 random(1);
  for (int i = 0; i < 10000; ++i) {
    std::string changed = whole;
    changed[random() % changed.size()] ^= static_cast<char>(1 << random() % 8);
    reset(changed);
    const int found = count_found(store(), 0, kEntries);
    EXPECT_TRUE(found == 0 || found == kEntries - 1) << found;
  }
}

TEST_F(DamagedStore, TenThousandBitsMayBeWrongAtOnce) {
  constexpr int kEntries = 5000;
  commit(0, kEntries);
  std::string content = first_pack();
  std::mt19937_64 random(2);
  // The entries alone, so that some are found; then anywhere.
  const size_t entries = content.size() - sizeof(PackFooter) - kEntries * sizeof(IndexRow);
  for (int i = 0; i < 5000; ++i)
    content[random() % entries] ^= static_cast<char>(1 << random() % 8);
  reset(content);
  const int found = read_and_repair(kEntries);
  EXPECT_GT(found, 0);
  EXPECT_LT(found, kEntries);
  for (int i = 0; i < 5000; ++i)
    content[random() % content.size()] ^= static_cast<char>(1 << random() % 8);
  reset(content);
  read_and_repair(kEntries);
}

TEST_F(DamagedStore, AnotherFormatIsNotRead) {
  commit(0, 3);
  std::string content = first_pack();
  PackFooter footer;
  char* const place = content.data() + content.size() - sizeof footer;
  std::memcpy(&footer, place, sizeof footer);
  ++footer.format;
  footer.checksum = checksum_of(footer);
  std::memcpy(place, &footer, sizeof footer);
  reset(content);
  EXPECT_EQ(read_and_repair(3), 0);
}

TEST_F(DamagedStore, FactsWhosePartsDoNotFitAreNone) {
  const std::vector<std::byte> whole = bytes_of(sample_of(1).facts);
  EXPECT_TRUE(FileFacts::from_bytes(whole));
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(FileFacts::from_bytes(std::span(whole).first(size)));
  std::vector<std::byte> longer = whole;
  longer.emplace_back();
  EXPECT_FALSE(FileFacts::from_bytes(longer));
  // The scalars and the ends of the parts.
  for (size_t i = 8; i < 72; ++i) {
    for (int value = 0; value < 256; ++value) {
      std::vector<std::byte> changed = whole;
      changed[i] = static_cast<std::byte>(value);
      FileFacts::from_bytes(changed);
    }
  }
}

TEST_F(DamagedStore, WhatIsNoFileIsNotRead) {
  commit(0, 3);
  first_pack();
  const std::string path = files()[0];
  std::filesystem::remove(path);
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(count_found(store(), 0, 3), 0);
  std::filesystem::remove(path);
  std::filesystem::create_symlink("/dev/zero", path);
  EXPECT_EQ(count_found(store(), 0, 3), 0);
}

}  // namespace
}  // namespace headwater::cache
