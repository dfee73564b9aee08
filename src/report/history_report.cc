#include "report/history_report.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/class_names.h"
#include "report/json_parts.h"
#include "report/printable.h"

namespace headwater::report {
namespace {

constexpr std::string_view kSchema = "headwater-history/1";
constexpr size_t kShortCommit = 12;  // digits

std::string time_of(const RecordedRun& run) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<time_t>(run.seconds)));
}

bool is_uncommitted(const RecordedRun& run) { return run.uncommitted.value_or(false); }

std::string short_commit(const RecordedRun& run) {
  if (run.commit.empty()) return "-";
  return run.commit.substr(0, kShortCommit) + (is_uncommitted(run) ? "+" : "");
}

uint64_t count_of(const RecordedRun& run, std::string_view finding_class) {
  const auto found = run.classes.find(std::string(finding_class));
  return found == run.classes.end() ? 0 : found->second;
}

void add_counts(std::string& out, std::string_view key,
                const std::map<std::string, uint64_t>& counts) {
  append_json_key(out, key);
  out += '{';
  for (const auto& [name, count] : counts) append_json_number(out, name, count);
  out += '}';
}

void add_run(std::string& out, const RecordedRun& run) {
  out += '{';
  append_json_number(out, "run", static_cast<uint64_t>(run.id));
  append_json_text_or_null(out, "time", time_of(run));
  append_json_text_or_null(out, "commit", run.commit);
  append_json_text_or_null(out, "branch", run.branch);
  append_json_key(out, "uncommitted");
  out += !run.uncommitted ? "null" : *run.uncommitted ? "true" : "false";
  append_json_text_or_null(out, "environment", run.environment);
  append_json_text_or_null(out, "python_version", run.python_version);
  append_json_number(out, "distributions", run.distributions);
  append_json_number(out, "modules", run.modules);
  append_json_number(out, "failing_modules", run.failing_modules);
  add_counts(out, "classes", run.classes);
  add_counts(out, "codes", run.codes);
  append_json_list(out, "causes", run.causes, [&](const RecordedCause& cause) {
    out += '{';
    append_json_text_or_null(out, "id", cause.id);
    append_json_number(out, "sole", cause.sole);
    append_json_number(out, "shared", cause.shared);
    out += '}';
  });
  append_json_number(out, "appeared", run.appeared);
  append_json_number(out, "went", run.went);
  out += '}';
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

void write_signed(const std::vector<RecordedFinding>& findings, char sign, std::string& out) {
  for (const RecordedFinding& one : findings) {
    out += fmt::format("{} {}:{}: {} [{}] {}\n", sign, printable(one.file), one.line, one.code,
                       printable(one.finding_class), printable(one.message));
  }
}

}  // namespace

void write_history_text(std::span<const RecordedRun> runs, uint64_t earlier, std::string& out) {
  out += fmt::format("{:>5}  {:16}  {:13}  {:>7}  {:>11}  {:>8}  {:>7}  {}\n", "run", "time (UTC)",
                     "commit", "faults", "environment", "cascades", "failing", "change");
  for (const RecordedRun& run : runs) {
    out += fmt::format("{:>5}  {:%Y-%m-%d %H:%M}  {:13}  {:>7}  {:>11}  {:>8}  {:>7}  +{} -{}\n",
                       run.id, fmt::gmtime(static_cast<time_t>(run.seconds)), short_commit(run),
                       with_thousands(count_of(run, "fault")),
                       with_thousands(count_of(run, "environment")),
                       with_thousands(count_of(run, "cascade")),
                       with_thousands(run.failing_modules), run.appeared, run.went);
  }
  if (std::ranges::any_of(runs, is_uncommitted)) {
    out += "+ after a commit: of files that differed from it\n";
  }
  if (earlier != 0) {
    out += counted(earlier, "earlier run", "earlier runs") + ": --since 1\n";
  }
}

void write_history_json(std::span<const RecordedRun> runs, std::string& out) {
  out += '{';
  append_json_text_or_null(out, "schema", kSchema);
  append_json_list(out, "runs", runs, [&](const RecordedRun& run) { add_run(out, run); });
  out += "}\n";
}

void write_history_csv(std::span<const RecordedRun> runs, std::string& out) {
  out += "run,time,commit,branch,environment,python_version,distributions,modules,failing_modules";
  for (const std::string_view name : kClassNames) out += ',' + std::string(name);
  out += ",appeared,went,uncommitted\n";
  for (const RecordedRun& run : runs) {
    out += fmt::format("{},{},{},{},{},{},{},{},{}", run.id, time_of(run), csv_field(run.commit),
                       csv_field(run.branch), csv_field(run.environment),
                       csv_field(run.python_version), run.distributions, run.modules,
                       run.failing_modules);
    for (const std::string_view name : kClassNames) out += fmt::format(",{}", count_of(run, name));
    out += fmt::format(",{},{},{}\n", run.appeared, run.went,
                       !run.uncommitted   ? ""
                       : *run.uncommitted ? "true"
                                          : "false");
  }
}

void write_recorded_changes(const RecordedChanges& changes, std::string& out) {
  write_signed(changes.appeared, '+', out);
  write_signed(changes.went, '-', out);
}

}  // namespace headwater::report
