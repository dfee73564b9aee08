#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace headwater::history {

/// A connection to an SQLite database. After the first thing that fails nothing more is done, so
/// that one look at error() is enough for many statements.
class Database {
 public:
  /// Creates the file, but not its folder. Only reads what is on a read-only disk.
  explicit Database(const std::string& file);

  void run(const char* sql);
  /// The same, where it makes no difference if it cannot be.
  void try_to_run(const char* sql);
  bool failed() const { return code_ != 0; }
  Error error() const;
  /// Gives up what the open transaction has done.
  void roll_back();

  int64_t last_row() const;
  int64_t changed_rows() const;

 private:
  friend class Query;
  struct Closer {
    void operator()(sqlite3* database) const;
  };
  void note(int code);

  std::string file_;
  std::unique_ptr<sqlite3, Closer> connection_;
  int code_ = 0;  // of the first failure
  std::string detail_;
};

/// A statement, to be run once or many times. Lives no longer than its database.
class Query {
 public:
  Query(Database& database, const char* sql);

  /// Begins anew, with a value for each `?`.
  template <typename... Values>
  Query& with(const Values&... values) {
    reset();
    int index = 0;
    (bind(++index, values), ...);
    return *this;
  }
  /// Whether there is a further row.
  bool next();
  void run();

  /// Of the row, from 0.
  int64_t number(int column) const;
  std::string text(int column) const;
  bool is_null(int column) const;

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  void reset();
  void bind(int index, int64_t value);
  void bind(int index, std::string_view value);
  void bind(int index, std::optional<int64_t> value);  // none: NULL

  Database& database_;
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

}  // namespace headwater::history
