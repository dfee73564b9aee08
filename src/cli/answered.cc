#include "cli/answered.h"

#include <optional>

#include "cli/memory_options.h"
#include "cli/output.h"
#include "cli/run.h"
#include "pipeline/audit.h"
#include "pipeline/commits.h"
#include "pipeline/memory.h"

namespace headwater::cli {
namespace {

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

}  // namespace

int answered(const Options& options, const Answering& work) {
  pipeline::Statistics statistics;
  pipeline::AuditOptions audit = options.audit;
  audit.path = options.paths.front();
  Checkout checkout;
  if (!options.at.empty()) {
    auto made = check_out(audit.path, options.at);
    if (!made) return exit_code(made.error());
    checkout = std::move(*made);
    audit.known_modules = checkout.view->known_modules();
    for (const std::string& note : checkout.view->notes()) complain(note);
  }
  const FileSystem& files = checkout.view ? checkout.view->files() : real_file_system();
  std::optional<pipeline::Memory> memory;
  std::optional<cache::StoredAnswer> answer;
  if (const auto remembers =
          memory_options(options, checkout.view ? checkout.view->commit() : "")) {
    const pipeline::Timer timer(statistics, "memory");
    memory.emplace(files, *remembers, audit.threads);
    audit.known = &*memory;
    answer = memory->answer(pipeline::day_of(audit));
  }
  const bool is_known = answer.has_value();
  if (is_known) {
    statistics.count("answer from memory", 1);
  } else {
    pipeline::Progress progress(shows_progress(options), pipeline::kStageCount);
    auto made = work(memory ? memory->files() : files, audit, statistics, progress);
    if (!made) return exit_code(made.error());
    answer = {std::move(made->out), std::move(made->complaints), made->exit_code,
              std::move(made->days.first), std::move(made->days.last)};
  }
  const int code = write(options, *answer);
  if (memory) {
    const pipeline::Timer timer(statistics, "remember");
    if (!is_known) memory->keep(*std::move(answer));
    for (const std::string& warning : memory->warnings()) {
      complain(warning + "; --cache-dir DIR takes another folder, --no-cache none");
    }
  }
  if (options.statistics) std::fputs(statistics.lines().c_str(), stderr);
  return code;
}

}  // namespace headwater::cli
