#include "cli/answered.h"

#include <memory>

#include "cli/memory_options.h"
#include "cli/output.h"
#include "cli/run.h"
#include "pipeline/audit.h"
#include "pipeline/baseline.h"
#include "pipeline/commits.h"
#include "pipeline/memory.h"

namespace headwater::cli {
namespace {

/// What is asked beside the options.
struct Question {
  std::string at;                            // a revision; empty: of what is on the disk
  std::string key;                           // whatever else the answer depends on
  const pipeline::Before* before = nullptr;  // a commit that is compared with
};

int write(const Options& options, const cache::StoredAnswer& answer) {
  std::fputs(answer.complaints.c_str(), stderr);
  const int written = write_output(options, answer.out);
  return written != kExitClean ? written : answer.exit_code;
}

/// What is audited, if that is not what is on the disk.
struct Checkout {
  std::unique_ptr<const pipeline::Commits> commits;
  std::unique_ptr<const pipeline::CommitView> view;
};

Result<Checkout> check_out(const std::string& folder, const std::string& revision) {
  Checkout made;
  auto commits = pipeline::Commits::open(folder);
  if (!commits) return tl::unexpected(commits.error());
  made.commits = std::move(*commits);
  auto view = made.commits->view(revision);
  if (!view) return tl::unexpected(view.error());
  made.view = std::move(*view);
  return made;
}

/// An answer, and what has yet to be remembered of it.
struct Asked {
  Checkout checkout;  // what the memory refers to
  std::unique_ptr<pipeline::Memory> memory;
  cache::StoredAnswer answer;
  bool is_known = false;  // from the last time
};

Result<Asked> ask(const Options& options, const Question& question, const Answering& work,
                  pipeline::Statistics& statistics) {
  Asked asked;
  pipeline::AuditOptions audit = options.audit;
  audit.path = options.paths.front();
  audit.before = question.before;
  if (!question.at.empty()) {
    auto made = check_out(audit.path, question.at);
    if (!made) return tl::unexpected(made.error());
    asked.checkout = std::move(*made);
    audit.known_modules = asked.checkout.view->known_modules();
    audit.submodules = asked.checkout.view->submodules();
  }
  const pipeline::CommitView* const view = asked.checkout.view.get();
  const FileSystem& files = view ? view->files() : real_file_system();
  if (const auto remembers = memory_options(options, view ? view->commit() : "", question.key)) {
    const pipeline::Timer timer(statistics, "memory");
    asked.memory = std::make_unique<pipeline::Memory>(files, *remembers, audit.threads);
    audit.known = asked.memory.get();
    auto known = asked.memory->answer(pipeline::day_of(audit));
    // What is recorded is the report, which no answer has.
    if (known && !options.record) {
      asked.answer = *std::move(known);
      asked.is_known = true;
      statistics.count("answer from memory", 1);
      return asked;
    }
  }
  if (asked.memory) audit.worlds = asked.memory->worlds();
  if (audit.worlds != nullptr && audit.worlds->last) statistics.count("goes by the last run", 1);
  pipeline::Progress progress(shows_progress(options), pipeline::kStageCount);
  auto made = work(asked.memory ? asked.memory->files() : files, audit, statistics, progress);
  if (!made) return tl::unexpected(made.error());
  if (view) {
    std::string notes;
    for (const std::string& note : view->notes()) notes += complaint(note);
    made->complaints.insert(0, notes);
  }
  asked.answer = {std::move(made->out), std::move(made->complaints), made->exit_code,
                  std::move(made->days.first), std::move(made->days.last)};
  return asked;
}

void remember(Asked& asked, pipeline::Statistics& statistics) {
  if (!asked.memory) return;
  const pipeline::Timer timer(statistics, "remember");
  if (!asked.is_known) asked.memory->keep(asked.answer);
  for (const std::string& warning : asked.memory->warnings()) {
    complain(warning + "; --cache-dir DIR takes another folder, --no-cache none");
  }
}

/// The commit that a change begins at.
Result<git::ObjectId> start_of_change(const Options& options) {
  const auto commits = pipeline::Commits::open(options.paths.front());
  if (!commits) return tl::unexpected(commits.error());
  const git::Repository& repository = (*commits)->repository();
  if (!options.changed->empty()) return repository.commit(*options.changed);
  const auto head = repository.commit(options.at.empty() ? "HEAD" : options.at);
  if (!head) return tl::unexpected(head.error());
  const auto other = repository.default_branch();
  if (!other) return tl::unexpected(other.error());
  return repository.merge_base(*head, *other);
}

}  // namespace

Result<std::string> answer_of_commit(const Options& options, const std::string& commit,
                                     const std::string& key, const Answering& work,
                                     pipeline::Statistics& statistics) {
  auto asked = ask(options, {commit, key, nullptr}, work, statistics);
  if (!asked) return tl::unexpected(asked.error());
  remember(*asked, statistics);
  return std::move(asked->answer.out);
}

Result<pipeline::Before> record_of_commit(const Options& options, const std::string& commit,
                                          pipeline::Statistics& statistics) {
  const auto record = [](const FileSystem& files, const pipeline::AuditOptions& audit,
                         pipeline::Statistics& times,
                         pipeline::Progress& progress) -> Result<CommandAnswer> {
    auto recorded = pipeline::record_commit(files, audit, times, progress);
    if (!recorded) return tl::unexpected(recorded.error());
    CommandAnswer made;
    made.out = std::move(recorded->text);
    made.days = std::move(recorded->days);
    return made;
  };
  const auto text = answer_of_commit(options, commit, "record", record, statistics);
  if (!text) return tl::unexpected(text.error());
  return pipeline::parse_record(*text, "commit " + commit.substr(0, 12));
}

int answered(const Options& options, const Answering& work, const std::string& key) {
  pipeline::Statistics statistics;
  pipeline::Before before;
  Question question{options.at, key, nullptr};
  if (options.changed) {
    const auto commit = start_of_change(options);
    if (!commit) return exit_code(commit.error());
    auto made = record_of_commit(options, *commit, statistics);
    if (!made) return exit_code(made.error());
    before = *std::move(made);
    question.key = before.name + '\0' + pipeline::record_text(before);
    question.before = &before;
  }
  auto asked = ask(options, question, work, statistics);
  if (!asked) return exit_code(asked.error());
  const int code = write(options, asked->answer);
  remember(*asked, statistics);
  if (options.statistics) std::fputs(statistics.lines().c_str(), stderr);
  return code;
}

}  // namespace headwater::cli
