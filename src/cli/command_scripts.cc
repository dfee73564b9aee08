#include <CLI/CLI.hpp>
#include <filesystem>

#include "base/paths.h"
#include "cli/answered.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "pipeline/attributed.h"
#include "pipeline/audited.h"
#include "pipeline/scripts.h"
#include "report/scripts_report.h"

namespace headwater::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const report::ScriptsReporter& reporter : report::scripts_reporters()) {
    names.push_back(reporter.name);
  }
  return names;
}

/// What is audited, and of which folders in it scripts are asked for.
struct Subject {
  std::string repository;            // as a person would give it
  std::vector<std::string> folders;  // relative to it; empty: all
  bool is_of_git = false;
};

bool is_top(const fs::path& folder) {
  std::error_code failed;
  return fs::exists(folder / ".git", failed);
}

/// The repository that the folder is in; the folder itself where it is in none, or is one.
fs::path repository_of(const fs::path& folder) {
  for (fs::path at = folder;; at = at.parent_path()) {
    if (is_top(at)) return at;
    if (at == at.parent_path()) return {};
  }
}

/// Folders of one repository: who is told of one within asks for its scripts alone, and references
/// are looked for everywhere.
Result<Subject> subject_of(const std::vector<std::string>& given, const std::string& at) {
  Subject subject;
  std::error_code failed;
  const fs::path here = fs::current_path(failed);
  const fs::path first = fs::path(normalize_path(fs::absolute(given.front(), failed).string()));
  fs::path top = repository_of(first);
  subject.is_of_git = !top.empty();
  // Outside of any repository, folders below the one that we are in are of that one.
  if (top.empty()) top = is_within(first.string(), here.string()) ? here : first;
  for (const std::string& folder : given) {
    const std::string full = normalize_path(fs::absolute(folder, failed).string());
    if (!is_within(full, top.string())) {
      return fail(ErrorCode::kUsage, folder,
                  "is not in " + top.string() + " as the first folder is; run it once for each");
    }
    // A commit may have a folder that the disk has no more.
    if (at.empty() && !fs::is_directory(full, failed)) {
      return fail(ErrorCode::kNotFound, folder, "is no folder; give one whose scripts are meant");
    }
    const std::string relative(relative_path(full, top.string()));
    if (!relative.empty()) subject.folders.push_back(relative);
  }
  if (subject.folders.size() < given.size()) subject.folders.clear();
  subject.repository = top == here ? "." : top == first ? given.front() : top.string();
  return subject;
}

Result<CommandAnswer> judged(const Options& options, const Subject& subject,
                             const pipeline::ScriptCommits& commits, const FileSystem& files,
                             const pipeline::AuditOptions& asked, pipeline::Statistics& statistics,
                             pipeline::Progress& progress) {
  const auto audit = pipeline::run_attributed(files, asked, statistics, progress);
  if (!audit) return tl::unexpected(audit.error());
  if ((*audit)->made.tree.files.empty()) {
    return tl::unexpected(pipeline::nothing_to_audit(options.paths.front()));
  }
  const std::vector<Error> unread = (*audit)->made.unread();
  CommandAnswer made;
  made.complaints = complaints_of(options, unread);
  made.exit_code = options.strict && !unread.empty() ? kExitUsage : kExitClean;
  made.days = (*audit)->days;
  const pipeline::Timer timer(statistics, "scripts");
  ScriptsReport report = pipeline::judge_scripts(files, **audit, subject.folders, commits);
  report.root = subject.repository;
  if (options.plan) {
    report::write_scripts_plan(report, made.out);
    return made;
  }
  for (const report::ScriptsReporter& reporter : report::scripts_reporters()) {
    if (reporter.name == options.output_format) {
      reporter.write(report, report_options(options), made.out);
    }
  }
  return made;
}

}  // namespace

void add_scripts_options(CLI::App& app, RawOptions& raw) {
  app.add_option("DIR", raw.options.paths,
                 "folders of one repository, or that itself; this folder, if not given")
      ->type_name("");
  add_choice(app, raw, "--output-format", raw.options.output_format, format_names());
  app.add_flag("--plan", raw.options.plan,
               "print the git commands that archive and remove, and do nothing");
  add_common_options(app, raw);
  add_answer_options(app, raw);
}

int run_scripts(const Options& options) {
  const auto subject = subject_of(options.paths, options.at);
  if (!subject) return exit_code(subject.error());
  Options asked = options;
  asked.paths = {subject->repository};
  pipeline::ScriptCommits commits;
  commits.missing = "the folder is in no git repository";
  if (subject->is_of_git) {
    commits =
        pipeline::script_commits(subject->repository, options.at.empty() ? "HEAD" : options.at);
  }
  const auto work = [&](const FileSystem& files, const pipeline::AuditOptions& audit,
                        pipeline::Statistics& statistics, pipeline::Progress& progress) {
    return judged(asked, *subject, commits, files, audit, statistics, progress);
  };
  return answered(asked, work, commits.identity());
}

}  // namespace headwater::cli
