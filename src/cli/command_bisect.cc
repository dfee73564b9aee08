#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/answered.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/raw_options.h"
#include "cli/run.h"
#include "pipeline/commits.h"
#include "report/printable.h"

namespace headwater::cli {
namespace {

/// The search for the first commit that has a finding which the last one has. As with git bisect,
/// what came, went and came again is found to have come at one of these times.
class Bisection {
 public:
  Bisection(const Options& options, const git::Repository& repository)
      : options_(options), repository_(repository) {}

  Result<std::string> run() {
    const auto bad = repository_.commit(options_.at.empty() ? "HEAD" : options_.at);
    if (!bad) return tl::unexpected(bad.error());
    std::string good;
    if (!options_.good.empty()) {
      const auto named = repository_.commit(options_.good);
      if (!named) return tl::unexpected(named.error());
      good = *named;
    }
    auto commits = repository_.commits_between(good, *bad);
    if (!commits) return tl::unexpected(commits.error());
    if (!good.empty() && has(good)) return already(good);
    if (commits->empty() || !has(*bad)) return absent(*bad);
    size_t first = 0;                   // the first that has it is not before this one
    size_t last = commits->size() - 1;  // which has it
    while (first < last && !error_) {
      const size_t middle = first + (last - first) / 2;
      if (has((*commits)[middle])) {
        last = middle;
      } else {
        first = middle + 1;
      }
    }
    if (error_) return tl::unexpected(*error_);
    return said((*commits)[last],
                last == 0 && good.empty() ? "is the first commit, and has it" : "has it first");
  }

 private:
  bool has(const git::ObjectId& commit) {
    ++tried_;
    const auto record = record_of_commit(options_, commit, statistics_);
    if (!record && !error_) error_ = record.error();
    return record && pipeline::has_finding(*record, options_.subject);
  }

  tl::unexpected<Error> absent(const git::ObjectId& bad) const {
    if (error_) return tl::unexpected(*error_);
    return fail(ErrorCode::kNotFound, options_.subject,
                fmt::format("nothing of the kind fails in {}; headwater check --at {} "
                            "--output-format jsonl lists codes, modules and fingerprints",
                            bad.substr(0, 12), bad.substr(0, 12)));
  }

  static tl::unexpected<Error> already(const git::ObjectId& good) {
    return fail(ErrorCode::kUsage, good.substr(0, 12),
                "has it already; give an older commit that has not, or no --good");
  }

  std::string said(const git::ObjectId& commit, std::string_view what) const {
    const std::string name = commit.substr(0, 12);
    std::string text = fmt::format("{} {}: {}\n{} audited; git show {}\n", name, what,
                                   report::printable(repository_.summary(commit)),
                                   report::counted(tried_, "commit was", "commits were"), name);
    // Only the line of first parents was searched.
    if (const auto merged = repository_.commit(name + "^2")) {
      text += fmt::format("it merges {}, whose commits headwater bisect --at {} searches\n",
                          merged->substr(0, 12), merged->substr(0, 12));
    }
    return text;
  }

  const Options& options_;
  const git::Repository& repository_;
  pipeline::Statistics statistics_;
  std::optional<Error> error_;
  size_t tried_ = 0;
};

}  // namespace

void add_bisect_options(CLI::App& app, RawOptions& raw) {
  app.add_option("FINDING", raw.options.subject,
                 "CODE:SUBJECT, as HW101:shop.pricing, or a fingerprint")
      ->required()
      ->type_name("");
  add_path(app, raw);
  app.add_option("--good", raw.options.good,
                 "REV: a commit that does not have it; the first one, if not given")
      ->type_name("");
  add_deep(app, raw);
  add_common_options(app, raw);
  add_answer_options(app, raw);
}

int run_bisect(const Options& options) {
  const auto commits = pipeline::Commits::open(options.paths.front());
  if (!commits) return exit_code(commits.error());
  const auto text = Bisection(options, (*commits)->repository()).run();
  if (!text) return exit_code(text.error());
  return write_output(options, *text);
}

}  // namespace headwater::cli
