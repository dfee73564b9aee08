#include "history/database.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>

namespace headwater::history {
namespace {

constexpr int kPatienceMs = 2000;  // while another process writes

/// Whether nobody can be writing to it: SQLite then reads it without the files that it would make
/// beside it, which a read-only disk does not allow.
bool is_immutable(const std::filesystem::path& file) {
  std::error_code unknown;
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  return std::filesystem::exists(file, unknown) && access(folder.c_str(), W_OK) != 0 &&
         !std::filesystem::exists(file.string() + "-wal", unknown);
}

std::string immutable_uri(const std::string& file) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    const bool has_meaning = c == '%' || c == '?' || c == '#';
    uri += has_meaning ? fmt::format("%{:02x}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return uri + "?immutable=1";
}

}  // namespace

void Database::Closer::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Database::Database(const std::string& file) : file_(file) {
  sqlite3* opened = nullptr;
  const bool reads = is_immutable(file);
  const int code = sqlite3_open_v2(
      reads ? immutable_uri(file).c_str() : file.c_str(), &opened,
      reads ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
      nullptr);
  connection_.reset(opened);
  note(code);
  if (!failed()) sqlite3_busy_timeout(opened, kPatienceMs);
}

void Database::run(const char* sql) {
  if (!failed()) note(sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr));
}

void Database::try_to_run(const char* sql) {
  if (!failed()) sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr);
}

void Database::roll_back() {
  sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

int64_t Database::last_row() const { return sqlite3_last_insert_rowid(connection_.get()); }
int64_t Database::changed_rows() const { return sqlite3_changes(connection_.get()); }

void Database::note(int code) {
  if (failed() || code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
  code_ = code & 0xff;  // without what only a log is interested in
  detail_ = connection_ ? sqlite3_errmsg(connection_.get()) : sqlite3_errstr(code);
}

Error Database::error() const {
  switch (code_) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorCode::kMalformed, file_, "is damaged, or no database; move it away"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::kIo, file_, "is locked by another process"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {ErrorCode::kPermission, file_, "cannot be written: " + detail_};
    default:
      return {ErrorCode::kIo, file_, "cannot be used: " + detail_};
  }
}

void Query::Finalizer::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Query::Query(Database& database, const char* sql) : database_(database) {
  if (database.failed()) return;
  sqlite3_stmt* made = nullptr;
  database.note(sqlite3_prepare_v2(database.connection_.get(), sql, -1, &made, nullptr));
  statement_.reset(made);
}

void Query::reset() { sqlite3_reset(statement_.get()); }

void Query::bind(int index, int64_t value) {
  if (!database_.failed()) database_.note(sqlite3_bind_int64(statement_.get(), index, value));
}

void Query::bind(int index, std::string_view value) {
  if (database_.failed()) return;
  // Never null: an empty text is no NULL.
  const char* const begin = value.empty() ? "" : value.data();
  database_.note(sqlite3_bind_text64(statement_.get(), index, begin, value.size(), SQLITE_TRANSIENT,
                                     SQLITE_UTF8));
}

void Query::bind(int index, std::optional<int64_t> value) {
  if (value) return bind(index, *value);
  if (!database_.failed()) database_.note(sqlite3_bind_null(statement_.get(), index));
}

bool Query::next() {
  if (database_.failed()) return false;
  const int code = sqlite3_step(statement_.get());
  database_.note(code);
  return code == SQLITE_ROW;
}

void Query::run() {
  while (next()) {
  }
}

int64_t Query::number(int column) const { return sqlite3_column_int64(statement_.get(), column); }

bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::string Query::text(int column) const {
  const auto* const begin = sqlite3_column_text(statement_.get(), column);
  if (begin == nullptr) return {};
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {reinterpret_cast<const char*>(begin), static_cast<size_t>(size)};
}

}  // namespace headwater::history
