#pragma once

#include <optional>
#include <string>
#include <vector>

#include "history/database.h"
#include "model/run_history.h"

namespace headwater::history {

/// The runs of one repository that somebody wanted to be recorded, in an SQLite database. What
/// add() has answered stays, whatever is killed afterwards; several processes may use one.
class Store {
 public:
  /// Creates it where it is not there, its folder too.
  static Result<Store> open(const std::string& file);

  /// Fills in what is known only beside the run before it: id, `appeared` and `went`.
  Result<RecordedRun> add(RecordedRun run, const std::vector<RecordedFinding>& findings);
  /// Oldest first.
  Result<std::vector<RecordedRun>> runs();
  /// By file and line. An error where there is no such run.
  Result<std::vector<RecordedFinding>> findings(int64_t run);

 private:
  explicit Store(Database database) : database_(std::move(database)) {}

  std::optional<Error> bring_up_to_date();
  void insert(RecordedRun& run);
  void extend(const std::vector<RecordedFinding>& findings, int64_t previous, RecordedRun& run);
  void count_those_left(int64_t previous, RecordedRun& run);
  void read_counts(RecordedRun& run);

  Database database_;
};

}  // namespace headwater::history
