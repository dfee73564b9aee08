#pragma once

#include <span>
#include <string>

#include "model/run_history.h"

namespace headwater::report {

/// A table with a line for each run. `earlier`: runs before these that are not shown.
void write_history_text(std::span<const RecordedRun> runs, uint64_t earlier, std::string& out);
void write_history_json(std::span<const RecordedRun> runs, std::string& out);
void write_history_csv(std::span<const RecordedRun> runs, std::string& out);

/// What appeared (`+`) and what went (`-`), a line each.
void write_recorded_changes(const RecordedChanges& changes, std::string& out);

}  // namespace headwater::report
