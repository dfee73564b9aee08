#include "history/store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace headwater::history {
namespace {

class HistoryTest : public testing::Test {
 protected:
  HistoryTest() {
    std::string name =
        (std::filesystem::temp_directory_path() / "headwater-history-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    file_ = folder_ / "state" / "history.sqlite";
  }
  ~HistoryTest() override { std::filesystem::remove_all(folder_); }

  Store store() const {
    auto opened = Store::open(file_);
    EXPECT_TRUE(opened.has_value()) << opened.error().detail;
    return std::move(*opened);
  }

  RecordedRun add(const std::vector<uint64_t>& fingerprints) const {
    std::vector<RecordedFinding> findings;
    for (const uint64_t one : fingerprints) {
      findings.push_back({one, "HW101", "fault", "a.py", static_cast<uint32_t>(one), "no b"});
    }
    auto run = store().add({}, findings);
    EXPECT_TRUE(run.has_value()) << run.error().detail;
    return run.value_or(RecordedRun());
  }

  std::string error() const {
    const auto opened = Store::open(file_);
    return opened ? "" : opened.error().detail;
  }

  void execute(const char* sql) const {
    std::filesystem::create_directories(file_.parent_path());
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file_.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
  }

  std::filesystem::path folder_;
  std::filesystem::path file_;
};

std::vector<uint64_t> fingerprints(const std::vector<RecordedFinding>& findings) {
  std::vector<uint64_t> all;
  for (const RecordedFinding& one : findings) all.push_back(one.fingerprint);
  return all;
}

TEST_F(HistoryTest, GivesBackWhatARunWas) {
  RecordedRun run;
  run.seconds = 1800000000;
  run.commit = "0123";
  run.branch = "main";
  run.uncommitted = true;
  run.environment = ".venv";
  run.python_version = "3.12";
  run.distributions = 7;
  run.modules = 50;
  run.failing_modules = 9;
  run.classes = {{"cascade", 8}, {"fault", 1}};
  run.codes = {{"HW101", 1}, {"HW141", 8}};
  run.causes = {{"HW101:missing-module:b", 3, 2}};
  ASSERT_TRUE(store().add(run, {}).has_value());
  const auto runs = store().runs();
  ASSERT_EQ(runs->size(), 1u);
  const RecordedRun& seen = runs->front();
  EXPECT_EQ(seen.id, 1);
  EXPECT_EQ(seen.seconds, run.seconds);
  EXPECT_EQ(seen.commit, run.commit);
  EXPECT_EQ(seen.branch, run.branch);
  EXPECT_EQ(seen.uncommitted, true);
  EXPECT_EQ(seen.environment, run.environment);
  EXPECT_EQ(seen.python_version, run.python_version);
  EXPECT_EQ(seen.distributions, 7u);
  EXPECT_EQ(seen.modules, 50u);
  EXPECT_EQ(seen.failing_modules, 9u);
  EXPECT_EQ(seen.classes, run.classes);
  EXPECT_EQ(seen.codes, run.codes);
  ASSERT_EQ(seen.causes.size(), 1u);
  EXPECT_EQ(seen.causes[0].id, run.causes[0].id);
  EXPECT_EQ(seen.causes[0].sole, 3u);
  EXPECT_EQ(seen.causes[0].shared, 2u);
}

TEST_F(HistoryTest, CountsWhatAppearedAndWent) {
  const auto counts = [](const RecordedRun& run) { return std::pair(run.appeared, run.went); };
  EXPECT_EQ(counts(add({1, 2})), std::pair(2ul, 0ul));
  EXPECT_EQ(counts(add({1, 2})), std::pair(0ul, 0ul));
  EXPECT_EQ(counts(add({2, UINT64_MAX})), std::pair(1ul, 1ul));
  EXPECT_EQ(counts(add({})), std::pair(0ul, 2ul));
  EXPECT_EQ(counts(add({1})), std::pair(1ul, 0ul));
  EXPECT_EQ(counts(add({1, 1})), std::pair(0ul, 0ul));
}

TEST_F(HistoryTest, CountsOnlyWhatRaises) {
  const auto counts = [&](const std::string& finding_class) {
    const auto run = store().add({}, {{1, "HW101", finding_class, "a.py", 1, "no b"}});
    return std::pair(run->appeared, run->went);
  };
  EXPECT_EQ(counts("optional"), std::pair(0ul, 0ul));
  EXPECT_EQ(counts("fault"), std::pair(1ul, 0ul));
  EXPECT_EQ(counts("cascade"), std::pair(0ul, 0ul));
  EXPECT_EQ(counts("deferred"), std::pair(0ul, 1ul));
  const auto gone = store().add({}, {});
  EXPECT_EQ(gone->went, 0u);
}

TEST_F(HistoryTest, KnowsTheWordsThatEachRunHad) {
  const RecordedFinding first{1, "HW141", "cascade", "a.py", 3, "b fails: c does not exist"};
  const RecordedFinding third{1, "HW141", "cascade", "a.py", 5, "b fails: d does not exist"};
  ASSERT_TRUE(store().add({}, {first}).has_value());
  ASSERT_TRUE(store().add({}, {first}).has_value());
  ASSERT_TRUE(store().add({}, {third}).has_value());
  EXPECT_EQ(*store().findings(1), std::vector{first});
  EXPECT_EQ(*store().findings(2), std::vector{first});
  EXPECT_EQ(*store().findings(3), std::vector{third});
}

TEST_F(HistoryTest, BringsTheFirstVersionUpToDate) {
  execute(R"(
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY AUTOINCREMENT, seconds INTEGER NOT NULL, commit_id TEXT NOT NULL,
      branch TEXT NOT NULL, environment TEXT NOT NULL, python_version TEXT NOT NULL,
      distributions INTEGER NOT NULL, modules INTEGER NOT NULL, failing_modules INTEGER NOT NULL,
      appeared INTEGER NOT NULL, went INTEGER NOT NULL);
    CREATE TABLE classes (run INTEGER NOT NULL, class TEXT NOT NULL, findings INTEGER NOT NULL);
    CREATE TABLE codes (run INTEGER NOT NULL, code TEXT NOT NULL, findings INTEGER NOT NULL);
    CREATE TABLE causes (
      run INTEGER NOT NULL, cause TEXT NOT NULL, sole INTEGER NOT NULL, shared INTEGER NOT NULL);
    CREATE TABLE findings (
      fingerprint TEXT PRIMARY KEY, code TEXT NOT NULL, class TEXT NOT NULL, file TEXT NOT NULL,
      line INTEGER NOT NULL, message TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE spans (
      fingerprint TEXT NOT NULL, first_run INTEGER NOT NULL, last_run INTEGER NOT NULL,
      PRIMARY KEY (fingerprint, first_run)) WITHOUT ROWID;
    INSERT INTO runs VALUES (1, 5, 'abc', 'main', '', '3.12', 0, 1, 1, 1, 0);
    INSERT INTO findings VALUES ('0000000000000001', 'HW101', 'fault', 'a.py', 1, 'no b');
    INSERT INTO spans VALUES ('0000000000000001', 1, 1);
    PRAGMA user_version = 1)");
  EXPECT_FALSE(store().runs()->front().uncommitted);
  const RecordedFinding known{1, "HW101", "fault", "a.py", 1, "no b"};
  EXPECT_EQ(*store().findings(1), std::vector{known});
  EXPECT_EQ(add({1}).appeared, 0u);
}

TEST_F(HistoryTest, KnowsTheFindingsOfEachRun) {
  add({1, 2});
  add({2, UINT64_MAX});
  add({1});
  EXPECT_EQ(fingerprints(*store().findings(1)), (std::vector<uint64_t>{1, 2}));
  EXPECT_EQ(fingerprints(*store().findings(2)), (std::vector<uint64_t>{2, UINT64_MAX}));
  EXPECT_EQ(fingerprints(*store().findings(3)), std::vector<uint64_t>{1});
  EXPECT_EQ(store().findings(4).error().path, "run 4");
}

TEST_F(HistoryTest, IsOfTheNewestVersionAndReadsItsOwn) {
  add({1});
  EXPECT_EQ(store().runs()->size(), 1u);
  execute("PRAGMA user_version = 3");
  EXPECT_NE(error().find("newer headwater"), std::string::npos);
}

TEST_F(HistoryTest, LeavesOtherDatabasesAlone) {
  execute("CREATE TABLE theirs (x)");
  EXPECT_NE(error().find("something else"), std::string::npos);
}

TEST_F(HistoryTest, SaysWhatIsNoDatabase) {
  std::filesystem::create_directories(file_.parent_path());
  std::ofstream(file_) << std::string(5000, 'x');
  EXPECT_NE(error().find("no database"), std::string::npos);
}

TEST_F(HistoryTest, DamageIsAnErrorAndNeverACrash) {
  for (int i = 0; i < 20; ++i) add({1, 2, static_cast<uint64_t>(i)});
  const auto size = std::filesystem::file_size(file_);
  for (uintmax_t at = 0; at < size; at += 173) {
    const auto copy = folder_ / "copy.sqlite";
    std::filesystem::copy_file(file_, copy, std::filesystem::copy_options::overwrite_existing);
    {
      std::fstream bytes(copy, std::ios::in | std::ios::out | std::ios::binary);
      bytes.seekg(static_cast<std::streamoff>(at));
      const int byte = bytes.get();
      bytes.seekp(static_cast<std::streamoff>(at));
      bytes.put(static_cast<char>(byte ^ 0xff));
    }
    if (auto opened = Store::open(copy)) {
      (void)opened->runs();
      (void)opened->findings(20);
      (void)opened->add({}, {{7, "HW101", "fault", "a.py", 1, "no b"}});
    }
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(copy.string() + suffix);
  }
}

}  // namespace
}  // namespace headwater::history
