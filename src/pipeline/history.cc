#include "pipeline/history.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

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
  if (revision.empty()) run.branch = repository->branch();
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

Result<RecordedChanges> recorded_changes(const std::string& file, int64_t from, int64_t to) {
  auto store = existing(file);
  if (!store) return tl::unexpected(store.error());
  return store->changes(from, to);
}

}  // namespace headwater::pipeline
