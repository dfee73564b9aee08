#include "cache/snapshot.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/memory_file_system.h"
#include "cache/observed_file_system.h"

namespace headwater::cache {
namespace {

constexpr uint64_t kProgram = 17;
constexpr int64_t kLater = 3'000'000'000;  // than the clock of a MemoryFileSystem

/// What a run that asks `questions` of `files` leaves.
template <typename Questions>
Snapshot snapshot_of(const FileSystem& files, int64_t started_ns, Questions questions) {
  const ObservedFileSystem observed(files);
  questions(observed);
  Snapshot made;
  made.request = 4;
  made.started_ns = started_ns;
  made.observations = observed.observations().all;
  made.answer = {"two faults\n", "headwater: a: cannot be read\n", 1, "2026-11-27", "2027-01-31"};
  auto read = decode(encode(made, kProgram), kProgram);
  EXPECT_TRUE(read.has_value());
  return std::move(*read);
}

bool is_same(const FileSystem& files, Snapshot& snapshot) {
  const auto checked = check_all(files, snapshot);
  return std::ranges::find(checked, Check::kDiffers) == checked.end();
}

void add_tree(MemoryFileSystem& files) {
  files.add_file("/r/a.py", "import b\n").add_file("/r/p/b.py", "").add_link("/r/l.py", "a.py");
}

void ask_all(const FileSystem& files) {
  (void)files.list("/r");
  (void)files.list("/r/none");
  (void)files.read("/r/a.py");
  (void)files.read("/r/none.py");
  (void)files.status("/r/p");
  (void)files.status("/r/l.py", false);
  (void)files.real_path("/r/l.py");
}

TEST(Snapshot, KeepsWhatWasSaidAndSeen) {
  MemoryFileSystem files;
  add_tree(files);
  Snapshot snapshot = snapshot_of(files, kLater, ask_all);
  EXPECT_EQ(snapshot.request, 4u);
  EXPECT_EQ(snapshot.answer.out, "two faults\n");
  EXPECT_EQ(snapshot.answer.complaints, "headwater: a: cannot be read\n");
  EXPECT_EQ(snapshot.answer.exit_code, 1);
  EXPECT_EQ(snapshot.answer.first_day, "2026-11-27");
  EXPECT_EQ(snapshot.answer.last_day, "2027-01-31");
  EXPECT_EQ(snapshot.observations.size(), 7u);
  ASSERT_NE(snapshot.find("/r/a.py", Question::kRead), nullptr);
  EXPECT_EQ(snapshot.find("/r/a.py", Question::kRead)->answer, answer_of("import b\n"));
  EXPECT_EQ(snapshot.find("/r/a.py", Question::kList), nullptr);
  EXPECT_TRUE(is_same(files, snapshot));
}

TEST(Snapshot, ReadsNoFileThatIsAsItWas) {
  MemoryFileSystem files;
  add_tree(files);
  Snapshot snapshot = snapshot_of(files, kLater, [](const FileSystem& seen) {
    (void)seen.list("/r");
    (void)seen.read("/r/a.py");
  });
  const size_t reads = files.reads().size();
  const size_t lists = files.lists().size();
  EXPECT_TRUE(is_same(files, snapshot));
  EXPECT_EQ(files.reads().size(), reads);
  EXPECT_EQ(files.lists().size(), lists);
}

TEST(Snapshot, NoticesWhateverWouldBeAnsweredOtherwise) {
  using Change = void (*)(MemoryFileSystem&);
  const Change changes[] = {
      [](MemoryFileSystem& files) { files.add_file("/r/a.py", "import c\n"); },
      [](MemoryFileSystem& files) { files.add_file("/r/new.py"); },
      [](MemoryFileSystem& files) { files.add_file("/r/none/x.py"); },
      [](MemoryFileSystem& files) { files.add_file("/r/none.py"); },
      [](MemoryFileSystem& files) { files.add_file("/r/p", "now a file"); },
      [](MemoryFileSystem& files) { files.add_file("/r/l.py", "now a file"); },
      [](MemoryFileSystem& files) { files.add_link("/r/l.py", "p/b.py"); },
      [](MemoryFileSystem& files) {
        files.forbid("/r/a.py").add_file("/r/a.py", "x").forbid("/r/a.py");
      },
  };
  for (size_t i = 0; i < std::size(changes); ++i) {
    MemoryFileSystem files;
    add_tree(files);
    Snapshot snapshot = snapshot_of(files, kLater, ask_all);
    files.set_clock(kLater + 1);
    changes[i](files);
    EXPECT_FALSE(is_same(files, snapshot)) << "change " << i;
  }
}

TEST(Snapshot, LooksInsideWhereTheClockStandsStill) {
  MemoryFileSystem files;
  add_tree(files);
  const Identity before = identity_of(*files.status("/r/a.py"));
  Snapshot snapshot = snapshot_of(files, 0, [](const FileSystem& seen) {
    (void)seen.list("/r");
    (void)seen.read("/r/a.py");
  });
  const auto unchanged = check_all(files, snapshot);
  EXPECT_EQ(std::ranges::count(unchanged, Check::kSameAgain), 2);

  files.rewrite("/r/a.py", "import c\n");  // as many bytes
  ASSERT_EQ(identity_of(*files.status("/r/a.py")), before);
  EXPECT_FALSE(is_same(files, snapshot));
}

TEST(Snapshot, ATimeIsRacyUntilAGrainHasPassed) {
  constexpr int64_t kSecond = 1'000'000'000;
  const Identity fine{1, 1, 5 * kSecond + 1, 5 * kSecond + 2};
  EXPECT_TRUE(is_racy(fine, 5 * kSecond));
  EXPECT_TRUE(is_racy(fine, 5 * kSecond + 2));
  EXPECT_TRUE(is_racy(fine, 5 * kSecond + 10'000'000));
  EXPECT_FALSE(is_racy(fine, 5 * kSecond + 10'000'003));
  const Identity coarse{1, 1, 5 * kSecond, 5 * kSecond};
  EXPECT_TRUE(is_racy(coarse, 7 * kSecond));
  EXPECT_FALSE(is_racy(coarse, 7 * kSecond + 1));
}

TEST(Snapshot, IsNoneWithAnyByteFlippedOrCutOffAnywhere) {
  MemoryFileSystem files;
  add_tree(files);
  const Snapshot snapshot = snapshot_of(files, kLater, ask_all);
  const std::string whole = encode(snapshot, kProgram);
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string flipped = whole;
    for (const int bit : {1, 16, 128}) {
      flipped[i] = static_cast<char>(whole[i] ^ bit);
      EXPECT_FALSE(decode(flipped, kProgram).has_value()) << i;
    }
    EXPECT_FALSE(decode(whole.substr(0, i), kProgram).has_value()) << i;
  }
  EXPECT_FALSE(decode(whole + '\0', kProgram).has_value());
  EXPECT_FALSE(decode(whole, kProgram + 1).has_value());
  EXPECT_TRUE(decode(whole, kProgram).has_value());
}

TEST(Observed, AsksOncePerQuestionAndSeesThatAFileChangesUnderIt) {
  MemoryFileSystem files;
  add_tree(files);
  const ObservedFileSystem observed(files);
  (void)observed.read("/r/a.py");
  (void)observed.read("/r/a.py");
  EXPECT_EQ(observed.observations().all.size(), 1u);
  EXPECT_TRUE(observed.observations().is_consistent);
  files.add_file("/r/a.py", "import c\n");
  (void)observed.read("/r/a.py");
  EXPECT_FALSE(observed.observations().is_consistent);
}

}  // namespace
}  // namespace headwater::cache
