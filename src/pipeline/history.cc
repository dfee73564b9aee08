#include "pipeline/history.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <unordered_set>

#include "base/hash.h"
#include "git/repository.h"
#include "history/store.h"
#include "report/class_names.h"

namespace headwater::pipeline {
namespace {

int64_t now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// What git does not know is left empty.
void add_commit(RecordedRun& run, const std::string& folder, const std::string& revision) {
  const auto repository = git::Repository::open(folder);
  if (!repository) return;
  const auto commit = repository->commit(revision.empty() ? "HEAD" : revision);
  if (commit) run.commit = *commit;
  run.uncommitted = false;
  if (!revision.empty()) return;
  run.branch = repository->branch();
  const auto changed = repository->has_changes(folder);
  run.uncommitted = changed ? std::optional(*changed) : std::nullopt;
}

RecordedRun run_of(const AuditReport& report) {
  RecordedRun run;
  run.seconds = now();
  run.environment = report.environment_verdict == "none" ? "" : report.environment_path;
  run.python_version = report.python_version;
  run.distributions = report.distributions_present;
  run.modules = report.summary.modules;
  run.failing_modules = report.summary.failing_modules;
  for (const Finding& finding : report.findings) {
    ++run.classes[std::string(report::name_of(finding.finding_class))];
    ++run.codes[std::string(finding.code)];
  }
  for (const Cause& cause : report.causes) {
    run.causes.push_back({cause.id(), cause.sole, cause.shared()});
  }
  std::ranges::sort(run.causes, {}, &RecordedCause::id);
  return run;
}

std::vector<RecordedFinding> findings_of(const AuditReport& report) {
  std::vector<RecordedFinding> findings;
  for (const Finding& one : report.findings) {
    findings.push_back({one.fingerprint, std::string(one.code),
                        std::string(report::name_of(one.finding_class)), one.file, one.line,
                        one.message});
  }
  return findings;
}

/// In their order.
std::vector<RecordedFinding> only_in(const std::vector<RecordedFinding>& all,
                                     const std::vector<RecordedFinding>& others) {
  std::unordered_set<uint64_t> known;
  for (const RecordedFinding& other : others) known.insert(other.fingerprint);
  std::vector<RecordedFinding> only;
  for (const RecordedFinding& one : all) {
    if (!known.contains(one.fingerprint)) only.push_back(one);
  }
  return only;
}

Result<history::Store> existing(const std::string& file) {
  std::error_code unknown;
  if (std::filesystem::exists(file, unknown)) return history::Store::open(file);
  return fail(ErrorCode::kNotFound, file,
              "is not there: no run has been recorded; headwater check --record does");
}

}  // namespace

std::string history_name(const std::string& folder) {
  std::error_code failed;
  std::string real = std::filesystem::canonical(folder, failed).string();
  if (failed) real = folder;
  return fmt::format("history-{:016x}.sqlite", hash_of(real));
}

Result<RecordedRun> record_run(const std::string& file, const AuditReport& report,
                               const std::string& revision) {
  RecordedRun run = run_of(report);
  add_commit(run, report.root, revision);
  auto store = history::Store::open(file);
  if (!store) return tl::unexpected(store.error());
  return store->add(std::move(run), findings_of(report));
}

std::string day_of(const RecordedRun& run) {
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(static_cast<time_t>(run.seconds)));
}

Result<std::vector<RecordedRun>> recorded_runs(const std::string& file) {
  auto store = existing(file);
  if (!store) return tl::unexpected(store.error());
  return store->runs();
}

Result<std::vector<RecordedFinding>> recorded_findings(const std::string& file, int64_t run) {
  auto store = existing(file);
  if (!store) return tl::unexpected(store.error());
  return store->findings(run);
}

// Each field ends with a NUL, which neither a path nor a message has.
std::string findings_text(const AuditReport& report) {
  std::string text;
  for (const RecordedFinding& one : findings_of(report)) {
    text += fmt::format("{:016x}", one.fingerprint);
    text.append(1, '\0').append(one.code).append(1, '\0').append(one.finding_class);
    text.append(1, '\0').append(one.file).append(1, '\0').append(std::to_string(one.line));
    text.append(1, '\0').append(one.message).append(1, '\0');
  }
  return text;
}

Result<std::vector<RecordedFinding>> parse_findings(std::string_view text) {
  std::vector<RecordedFinding> findings;
  while (!text.empty()) {
    std::array<std::string_view, 6> fields;
    for (std::string_view& field : fields) {
      const size_t end = text.find('\0');
      if (end == std::string_view::npos) {
        return fail(ErrorCode::kIo, "the findings of a commit", "are cut short");
      }
      field = text.substr(0, end);
      text.remove_prefix(end + 1);
    }
    RecordedFinding& made = findings.emplace_back();
    std::from_chars(fields[0].begin(), fields[0].end(), made.fingerprint, 16);
    made.code = fields[1];
    made.finding_class = fields[2];
    made.file = fields[3];
    std::from_chars(fields[4].begin(), fields[4].end(), made.line);
    made.message = fields[5];
  }
  return findings;
}

RecordedChanges changes_between(const std::vector<RecordedFinding>& from,
                                const std::vector<RecordedFinding>& to) {
  return {only_in(to, from), only_in(from, to)};
}

}  // namespace headwater::pipeline
