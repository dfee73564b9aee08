#include "history/store.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <unordered_set>

namespace headwater::history {
namespace {

/// The statements that lead from each version of the schema to the next one. What has been released
/// stays as it is.
constexpr std::array<const char*, 2> kMigrations = {R"(
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, seconds INTEGER NOT NULL, commit_id TEXT NOT NULL,
    branch TEXT NOT NULL, environment TEXT NOT NULL, python_version TEXT NOT NULL,
    distributions INTEGER NOT NULL, modules INTEGER NOT NULL, failing_modules INTEGER NOT NULL,
    appeared INTEGER NOT NULL, went INTEGER NOT NULL);
  CREATE TABLE classes (
    run INTEGER NOT NULL, class TEXT NOT NULL, findings INTEGER NOT NULL,
    PRIMARY KEY (run, class)) WITHOUT ROWID;
  CREATE TABLE codes (
    run INTEGER NOT NULL, code TEXT NOT NULL, findings INTEGER NOT NULL,
    PRIMARY KEY (run, code)) WITHOUT ROWID;
  CREATE TABLE causes (
    run INTEGER NOT NULL, cause TEXT NOT NULL, sole INTEGER NOT NULL, shared INTEGER NOT NULL,
    PRIMARY KEY (run, cause)) WITHOUT ROWID;
  CREATE TABLE findings (
    fingerprint TEXT PRIMARY KEY, code TEXT NOT NULL, class TEXT NOT NULL, file TEXT NOT NULL,
    line INTEGER NOT NULL, message TEXT NOT NULL) WITHOUT ROWID;
  -- A finding that goes and comes back has a span for each time.
  CREATE TABLE spans (
    fingerprint TEXT NOT NULL, first_run INTEGER NOT NULL, last_run INTEGER NOT NULL,
    PRIMARY KEY (fingerprint, first_run)) WITHOUT ROWID;
  CREATE INDEX spans_by_last_run ON spans (last_run);
)",
                                                    R"(
  ALTER TABLE runs ADD COLUMN uncommitted INTEGER;  -- NULL: not known
  -- A finding whose class, place or words change has a row from each run on that saw others.
  CREATE TABLE words (
    fingerprint TEXT NOT NULL, first_run INTEGER NOT NULL, code TEXT NOT NULL,
    class TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, message TEXT NOT NULL,
    PRIMARY KEY (fingerprint, first_run)) WITHOUT ROWID;
  INSERT INTO words SELECT fingerprint, 0, code, class, file, line, message FROM findings;
  DROP TABLE findings;
)"};
constexpr int64_t kVersion = kMigrations.size();

std::string hex(uint64_t fingerprint) { return fmt::format("{:016x}", fingerprint); }

/// Of the classes that somebody has to repair, as raises() of model/finding.h.
bool is_raising(const std::string& finding_class) {
  return finding_class == "fault" || finding_class == "environment" || finding_class == "cascade";
}

uint64_t from_hex(const std::string& text) {
  uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return value;
}

/// A row of fingerprint, code, class, file, line and message.
RecordedFinding finding_of(const Query& row) {
  return {from_hex(row.text(0)),
          row.text(1),
          row.text(2),
          row.text(3),
          static_cast<uint32_t>(row.number(4)),
          row.text(5)};
}

int64_t number(Database& database, const char* sql) {
  Query query(database, sql);
  return query.next() ? query.number(0) : 0;
}

int64_t version_of(Database& database) { return number(database, "PRAGMA user_version"); }

}  // namespace

Result<Store> Store::open(const std::string& file) {
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  std::error_code failed;
  if (!folder.empty()) std::filesystem::create_directories(folder, failed);
  if (failed) return fail(ErrorCode::kIo, folder, "cannot be made: " + failed.message());
  Store store((Database(file)));
  if (const auto error = store.bring_up_to_date()) return tl::unexpected(*error);
  // While another process has it open for the first time this cannot be; the next run does it.
  store.database_.try_to_run("PRAGMA journal_mode = WAL");
  store.database_.run("PRAGMA synchronous = FULL");
  if (store.database_.failed()) return tl::unexpected(store.database_.error());
  return store;
}

std::optional<Error> Store::bring_up_to_date() {
  if (version_of(database_) == kVersion && !database_.failed()) return std::nullopt;
  database_.run("BEGIN IMMEDIATE");
  const int64_t version = version_of(database_);  // others may have been faster
  std::string problem;
  if (version > kVersion) problem = "was written by a newer headwater; use that, or another file";
  if (version == 0 && number(database_, "SELECT count(*) FROM sqlite_master") != 0) {
    problem = "is a database of something else; name another file";
  }
  if (problem.empty()) {
    for (int64_t next = version; next < kVersion; ++next) {
      database_.run(kMigrations[static_cast<size_t>(next)]);
    }
    database_.run(fmt::format("PRAGMA user_version = {}; COMMIT", kVersion).c_str());
  }
  if (problem.empty() && !database_.failed()) return std::nullopt;
  Error error = database_.error();
  if (!database_.failed()) error.detail = problem;
  database_.roll_back();
  return error;
}

Result<RecordedRun> Store::add(RecordedRun run, const std::vector<RecordedFinding>& findings) {
  database_.run("BEGIN IMMEDIATE");
  const int64_t previous = number(database_, "SELECT max(id) FROM runs");
  insert(run);
  extend(findings, previous, run);
  count_those_left(previous, run);
  Query(database_, "UPDATE runs SET appeared = ?, went = ? WHERE id = ?")
      .with(static_cast<int64_t>(run.appeared), static_cast<int64_t>(run.went), run.id)
      .run();
  database_.run("COMMIT");
  if (!database_.failed()) return run;
  database_.roll_back();
  return tl::unexpected(database_.error());
}

void Store::insert(RecordedRun& run) {
  Query(database_,
        "INSERT INTO runs (seconds, commit_id, branch, environment, python_version, "
        "distributions, modules, failing_modules, appeared, went, uncommitted) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)")
      .with(run.seconds, run.commit, run.branch, run.environment, run.python_version,
            static_cast<int64_t>(run.distributions), static_cast<int64_t>(run.modules),
            static_cast<int64_t>(run.failing_modules),
            run.uncommitted ? std::optional<int64_t>(*run.uncommitted) : std::nullopt)
      .run();
  run.id = database_.last_row();
  Query of_class(database_, "INSERT INTO classes VALUES (?, ?, ?)");
  for (const auto& [name, count] : run.classes) {
    of_class.with(run.id, name, static_cast<int64_t>(count)).run();
  }
  Query of_code(database_, "INSERT INTO codes VALUES (?, ?, ?)");
  for (const auto& [name, count] : run.codes) {
    of_code.with(run.id, name, static_cast<int64_t>(count)).run();
  }
  Query of_cause(database_, "INSERT OR REPLACE INTO causes VALUES (?, ?, ?, ?)");
  for (const RecordedCause& cause : run.causes) {
    of_cause
        .with(run.id, cause.id, static_cast<int64_t>(cause.sole),
              static_cast<int64_t>(cause.shared))
        .run();
  }
}

void Store::extend(const std::vector<RecordedFinding>& findings, int64_t previous,
                   RecordedRun& run) {
  Query last_words(database_,
                   "SELECT fingerprint, code, class, file, line, message FROM words "
                   "WHERE fingerprint = ? ORDER BY first_run DESC LIMIT 1");
  Query describe(database_, "INSERT INTO words VALUES (?, ?, ?, ?, ?, ?, ?)");
  Query extend(database_, "UPDATE spans SET last_run = ? WHERE fingerprint = ? AND last_run = ?");
  Query begin(database_, "INSERT INTO spans VALUES (?, ?, ?)");
  std::unordered_set<uint64_t> seen;
  for (const RecordedFinding& finding : findings) {
    if (!seen.insert(finding.fingerprint).second) continue;
    const std::string fingerprint = hex(finding.fingerprint);
    RecordedFinding before;
    if (last_words.with(fingerprint).next()) before = finding_of(last_words);
    if (before != finding) {
      describe
          .with(fingerprint, run.id, finding.code, finding.finding_class, finding.file,
                int64_t{finding.line}, finding.message)
          .run();
    }
    extend.with(run.id, fingerprint, previous).run();
    if (database_.failed()) return;
    const bool was_there = database_.changed_rows() != 0;
    if (!was_there) begin.with(fingerprint, run.id, run.id).run();
    const bool raised = was_there && is_raising(before.finding_class);
    const bool raises = is_raising(finding.finding_class);
    run.appeared += raises && !raised ? 1 : 0;
    run.went += raised && !raises ? 1 : 0;
  }
}

void Store::count_those_left(int64_t previous, RecordedRun& run) {
  Query left(database_,
             "SELECT (SELECT class FROM words WHERE words.fingerprint = spans.fingerprint "
             "ORDER BY first_run DESC LIMIT 1) FROM spans WHERE last_run = ?");
  left.with(previous);
  while (left.next()) run.went += is_raising(left.text(0)) ? 1 : 0;
}

Result<std::vector<RecordedRun>> Store::runs() {
  std::vector<RecordedRun> all;
  database_.run("BEGIN");  // so that all is of one moment
  Query query(database_,
              "SELECT id, seconds, commit_id, branch, environment, python_version, distributions, "
              "modules, failing_modules, appeared, went, uncommitted FROM runs ORDER BY id");
  while (query.next()) {
    RecordedRun& run = all.emplace_back();
    const auto count = [&](int column) { return static_cast<uint64_t>(query.number(column)); };
    run.id = query.number(0);
    run.seconds = query.number(1);
    run.commit = query.text(2);
    run.branch = query.text(3);
    run.environment = query.text(4);
    run.python_version = query.text(5);
    run.distributions = count(6);
    run.modules = count(7);
    run.failing_modules = count(8);
    run.appeared = count(9);
    run.went = count(10);
    if (!query.is_null(11)) run.uncommitted = query.number(11) != 0;
    read_counts(run);
  }
  database_.run("COMMIT");
  if (database_.failed()) return tl::unexpected(database_.error());
  return all;
}

void Store::read_counts(RecordedRun& run) {
  const auto read = [&](const char* sql, std::map<std::string, uint64_t>& counts) {
    Query query(database_, sql);
    query.with(run.id);
    while (query.next()) counts[query.text(0)] = static_cast<uint64_t>(query.number(1));
  };
  read("SELECT class, findings FROM classes WHERE run = ?", run.classes);
  read("SELECT code, findings FROM codes WHERE run = ?", run.codes);
  Query causes(database_, "SELECT cause, sole, shared FROM causes WHERE run = ? ORDER BY cause");
  causes.with(run.id);
  while (causes.next()) {
    run.causes.push_back({causes.text(0), static_cast<uint64_t>(causes.number(1)),
                          static_cast<uint64_t>(causes.number(2))});
  }
}

Result<std::vector<RecordedFinding>> Store::findings(int64_t run) {
  Query known(database_, "SELECT count(*) FROM runs WHERE id = ?");
  const bool is_there = known.with(run).next() && known.number(0) != 0;
  if (!is_there && !database_.failed()) {
    return fail(ErrorCode::kNotFound, fmt::format("run {}", run),
                "is not in the history; headwater history lists those there are");
  }
  Query query(database_,
              "SELECT words.fingerprint, code, class, file, line, message FROM spans "
              "JOIN words ON words.fingerprint = spans.fingerprint AND words.first_run = "
              "(SELECT max(first_run) FROM words "
              "WHERE fingerprint = spans.fingerprint AND first_run <= ?1) "
              "WHERE spans.first_run <= ?1 AND spans.last_run >= ?1 "
              "ORDER BY file, line, code, words.fingerprint");
  query.with(run);
  std::vector<RecordedFinding> all;
  while (query.next()) {
    all.push_back(finding_of(query));
  }
  if (database_.failed()) return tl::unexpected(database_.error());
  return all;
}

}  // namespace headwater::history
