#include "pipeline/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/atomic_file.h"
#include "base/paths.h"

namespace headwater::pipeline {
namespace {

using policy::BaselineEntry;
using policy::EntryState;

constexpr std::string_view kDefaultFile = "headwater-baseline.txt";

std::string file_of(const Audited& audit) {
  const std::string& configured = audit.configuration.baseline;
  return configured.empty() ? std::string(kDefaultFile) : configured;
}

bool fault_only(const AuditOptions& options, const Audited& audit) {
  return options.fail_on_fault_only || audit.configuration.fail_on == "fault";
}

/// Whether this audit looks for what the entries say. What it does not look for is not fixed.
class Judged {
 public:
  Judged(const AuditOptions& options, const Audited& audit, const policy::Baseline& baseline)
      : audit_(audit), is_as_deep_(options.deep || !baseline.deep) {
    const auto is_of_environment = [](const BaselineEntry& entry) {
      return entry.code.starts_with("HW2") || entry.cause.starts_with("HW2");
    };
    knows_environment_ = std::ranges::any_of(baseline.entries, is_of_environment);
  }

  bool operator()(const BaselineEntry& entry) const {
    if (!is_as_deep_ || !audit_.selection.takes(entry.code) || is_unread(entry.file)) return false;
    const std::string_view group = findings::requested_group(entry.code);
    if (!group.empty() && !audit_.selection.names(group)) return false;
    const bool is_cascade = entry.code == "HW141";
    if (is_cascade && !audit_.unread.empty()) return false;
    if (has_environment(entry.file)) return true;
    // HW104: without an environment it is one of HW2.
    return !entry.code.starts_with("HW2") && entry.code != "HW104" &&
           !(is_cascade && knows_environment_);
  }

 private:
  bool is_unread(const std::string& file) const {
    return std::ranges::any_of(audit_.unread,
                               [&](const Error& one) { return is_within(file, one.path); });
  }

  bool has_environment(const std::string& file) const {
    if (audit_.report.environment_verdict != "none") return true;
    return std::ranges::any_of(
        audit_.report.project_environments,
        [&](const ReportedEnvironment& own) { return is_within(file, own.folder); });
  }

  const Audited& audit_;
  bool is_as_deep_;
  bool knows_environment_ = false;  // whether any entry comes of an environment
};

/// Where a baseline is: in the audited folder, or in one above that belongs to the same repository
/// of git.
struct BaselineFile {
  std::string name;    // relative to the audited folder
  std::string prefix;  // what its entries have before the paths of the audited folder's files
};

BaselineFile locate(const FileSystem& files, const Audited& audit) {
  BaselineFile found{file_of(audit), {}};
  if (found.name != kDefaultFile || files.status(join_path(audit.root, kDefaultFile), false)) {
    return found;
  }
  BaselineFile above = found;
  std::string_view folder = audit.root;
  while (folder.size() > 1 && !files.status(join_path(folder, ".git"))) {
    above.name.insert(0, "../");
    above.prefix = join_path(file_name(folder), above.prefix);
    folder = parent_path(folder);
    if (files.is_file(join_path(folder, kDefaultFile))) return above;
  }
  return found;
}

/// The entries of the files below `prefix`, as if that was all there is.
void keep_below(std::string_view prefix, policy::Baseline& baseline) {
  std::erase_if(baseline.entries,
                [&](const BaselineEntry& entry) { return !is_within(entry.file, prefix); });
  for (BaselineEntry& entry : baseline.entries) entry.file = relative_path(entry.file, prefix);
  policy::put_in_order(baseline);
}

/// What the baseline has, or nothing where there is no file.
Result<std::optional<policy::Baseline>> read(const FileSystem& files, const Audited& audit,
                                             const BaselineFile& file) {
  const auto text = files.read(join_path(audit.root, file.name));
  if (text) {
    auto baseline = policy::parse_baseline(*text, file.name);
    if (!baseline) return tl::unexpected(baseline.error());
    if (!file.prefix.empty()) keep_below(file.prefix, *baseline);
    return *std::move(baseline);
  }
  if (text.error().code == ErrorCode::kNotFound) return std::nullopt;
  return fail(text.error().code, file.name, "cannot be read: " + text.error().detail);
}

tl::unexpected<Error> missing(const std::string& file) {
  return fail(ErrorCode::kNotFound, file, "is not there; headwater baseline create writes it");
}

/// What either has.
policy::Baseline united(const policy::Baseline& one, const policy::Baseline& other) {
  policy::Baseline all;
  all.deep = one.deep || other.deep;
  std::ranges::set_union(one.entries, other.entries, std::back_inserter(all.entries));
  return all;
}

/// With what failed before the change, and what the file knows. Nothing is said of what is fixed.
Compared compared_with_commit(const AuditOptions& options,
                              const std::optional<policy::Baseline>& own, const std::string& file,
                              Audited& audit) {
  const policy::Baseline known =
      own ? united(*own, options.before->baseline) : options.before->baseline;
  Compared made{known, policy::judge(audit.report, known,
                                     {fault_only(options, audit), Judged(options, audit, known)})};
  const auto is_told_by_no_commit = [&](uint32_t number) {
    const Finding& finding = audit.report.findings[number];
    if (options.before->is_in_submodule(finding.file)) return true;
    if (finding.code != "HW141" || finding.cause < 0) return false;
    const std::vector<Place>& sites = audit.report.causes[static_cast<size_t>(finding.cause)].sites;
    return !sites.empty() && std::ranges::all_of(sites, [&](const Place& site) {
      return options.before->is_in_submodule(site.file);
    });
  };
  std::ranges::copy_if(made.verdict.failing, std::back_inserter(made.verdict.known),
                       is_told_by_no_commit);
  std::erase_if(made.verdict.failing, is_told_by_no_commit);
  for (const uint32_t finding : made.verdict.failing) {
    audit.report.findings[finding].fails_run = true;
  }
  for (const uint32_t finding : made.verdict.known) audit.report.findings[finding].is_known = true;
  ReportedBaseline& reported = audit.report.baseline.emplace();
  reported.file = own ? file + " and " + options.before->name : options.before->name;
  reported.lines = known.entries.size();
  reported.known = made.verdict.known.size();
  return made;
}

Result<Compared> compared(const FileSystem& files, const AuditOptions& options, Audited& audit) {
  const BaselineFile file = locate(files, audit);
  auto baseline = read(files, audit, file);
  if (!baseline) return tl::unexpected(baseline.error());
  Compared made{*std::move(baseline), {}, file.name};
  const policy::Baseline none;
  if (options.before) return compared_with_commit(options, made.baseline, file.name, audit);
  const policy::Baseline& known = made.baseline ? *made.baseline : none;
  made.verdict = policy::judge(audit.report, known,
                               {fault_only(options, audit), Judged(options, audit, known)});
  for (const uint32_t finding : made.verdict.failing) {
    audit.report.findings[finding].fails_run = true;
  }
  if (!made.baseline) return made;
  for (const uint32_t finding : made.verdict.known) audit.report.findings[finding].is_known = true;
  ReportedBaseline& reported = audit.report.baseline.emplace();
  reported.file = made.file;
  reported.lines = known.entries.size();
  reported.known = made.verdict.known.size();
  // What is fixed is taken out where the file is.
  if (!file.prefix.empty()) return made;
  for (size_t i = 0; i < known.entries.size(); ++i) {
    if (made.verdict.states[i] == EntryState::kFixed) {
      reported.fixed.push_back(policy::line_of(known.entries[i]));
    }
  }
  return made;
}

/// An audit of a folder that has any source.
Result<Audited> audited_sources(const FileSystem& files, const AuditOptions& options,
                                Statistics& statistics, Progress& progress) {
  auto audit = audited(files, options, statistics, progress);
  if (audit && audit->report.summary.files == 0) {
    return tl::unexpected(nothing_to_audit(options.path));
  }
  return audit;
}

/// An audit beside the baseline, which is there.
struct Known {
  Audited audit;
  policy::Baseline baseline;
  policy::Verdict verdict;
  std::string file;  // relative to the audited folder
};

Result<Known> audited_beside_baseline(const FileSystem& files, const AuditOptions& options,
                                      Statistics& statistics, Progress& progress) {
  auto audit = audited_sources(files, options, statistics, progress);
  if (!audit) return tl::unexpected(audit.error());
  auto made = compared(files, options, *audit);
  if (!made) return tl::unexpected(made.error());
  if (!made->baseline) return missing(file_of(*audit));
  return Known{*std::move(audit), *std::move(made->baseline), std::move(made->verdict),
               std::move(made->file)};
}

BaselineAnswer answer_of(Audited audit) {
  BaselineAnswer answer;
  answer.unread = std::move(audit.unread);
  answer.days = std::move(audit.days);
  return answer;
}

std::string counted_findings(uint64_t count) {
  return fmt::format("{} {}", count, count == 1 ? "finding" : "findings");
}

/// What `next` has beside what `baseline` has; both sorted.
std::vector<BaselineEntry> difference(const policy::Baseline& next,
                                      const policy::Baseline& baseline) {
  std::vector<BaselineEntry> more;
  std::ranges::set_difference(next.entries, baseline.entries, std::back_inserter(more));
  return more;
}

using MarkedEntry = std::pair<BaselineEntry, std::string_view>;

/// In order, each with its mark before it.
std::vector<std::string> marked_lines(std::vector<MarkedEntry> all) {
  std::ranges::sort(all);
  size_t width = 0;
  for (const auto& [entry, mark] : all) width = std::max(width, mark.size());
  std::vector<std::string> lines;
  for (const auto& [entry, mark] : all) {
    lines.push_back(fmt::format("{:{}}  {}", mark, width, policy::line_of(entry)));
  }
  return lines;
}

}  // namespace

Result<Compared> compare(const FileSystem& files, const AuditOptions& options, Audited& audit) {
  auto made = compared(files, options, audit);
  // A name that is written down and leads nowhere is a slip of the pen, but for the usual one.
  if (made && !made->baseline && file_of(audit) != kDefaultFile) return missing(file_of(audit));
  return made;
}

Result<CommitRecord> record_commit(const FileSystem& files, const AuditOptions& given,
                                   Statistics& statistics, Progress& progress) {
  AuditOptions options = given;
  options.records_sources = true;
  auto audit = audited(files, options, statistics, progress);
  if (!audit) return tl::unexpected(audit.error());
  policy::Baseline none;
  none.deep = options.deep;
  const policy::Verdict verdict =
      policy::judge(audit->report, none, {false, Judged(options, *audit, none)});
  Before record;
  record.baseline = policy::updated(none, verdict);
  for (const uint32_t finding : verdict.failing) {
    record.fingerprints.push_back(audit->report.findings[finding].fingerprint);
  }
  std::ranges::sort(record.fingerprints);
  for (const std::string& folder : options.submodules) {
    if (!is_within(folder, audit->root)) continue;
    record.submodules.emplace_back(relative_path(folder, audit->root));
  }
  record.sources = std::move(audit->sources);
  return CommitRecord{record_text(record), std::move(audit->days)};
}

Result<BaselineAnswer> create_baseline(const FileSystem& files, const AuditOptions& options,
                                       Statistics& statistics, Progress& progress) {
  auto audit = audited_sources(files, options, statistics, progress);
  if (!audit) return tl::unexpected(audit.error());
  const std::string file = file_of(*audit);
  const std::string path = join_path(audit->root, file);
  if (files.status(path, false)) {
    return fail(ErrorCode::kUsage, file,
                "is there already; headwater baseline update brings it up to date");
  }
  policy::Baseline none;
  none.deep = options.deep;
  const policy::Verdict verdict = policy::judge(
      audit->report, none, {fault_only(options, *audit), Judged(options, *audit, none)});
  const policy::Baseline baseline = policy::updated(none, verdict);
  const auto written = write_file_atomically(path, policy::baseline_text(baseline));
  if (!written) return tl::unexpected(written.error());
  BaselineAnswer answer = answer_of(*std::move(audit));
  answer.summary =
      fmt::format("{}: {} {} known now", file, counted_findings(baseline.entries.size()),
                  baseline.entries.size() == 1 ? "is" : "are");
  return answer;
}

Result<BaselineAnswer> update_baseline(const FileSystem& files, const AuditOptions& options,
                                       Statistics& statistics, Progress& progress) {
  auto known = audited_beside_baseline(files, options, statistics, progress);
  if (!known) return tl::unexpected(known.error());
  const auto& [audit, baseline, verdict, file] = *known;
  if (file.starts_with("../")) {
    return fail(ErrorCode::kUsage, file,
                "is of a folder above; headwater baseline update brings it up to date there");
  }
  if (baseline.deep && !options.deep) {
    return fail(ErrorCode::kUsage, file,
                "was made with --deep, and without it less is found; give --deep");
  }
  const policy::Baseline next = policy::updated(baseline, verdict);
  const auto added = difference(next, baseline);
  const auto fixed = difference(baseline, next);
  if (!added.empty() || !fixed.empty()) {
    const auto written =
        write_file_atomically(join_path(audit.root, file), policy::baseline_text(next));
    if (!written) return tl::unexpected(written.error());
  }
  BaselineAnswer answer = answer_of(std::move(known->audit));
  std::vector<MarkedEntry> all;
  for (const BaselineEntry& entry : added) all.emplace_back(entry, "new");
  for (const BaselineEntry& entry : fixed) all.emplace_back(entry, "fixed");
  answer.lines = marked_lines(std::move(all));
  answer.summary = fmt::format("{}: {} added, {} removed, {} kept", file, added.size(),
                               fixed.size(), next.entries.size() - added.size());
  return answer;
}

Result<BaselineAnswer> show_baseline(const FileSystem& files, const AuditOptions& options,
                                     Statistics& statistics, Progress& progress) {
  auto known = audited_beside_baseline(files, options, statistics, progress);
  if (!known) return tl::unexpected(known.error());
  const auto& [audit, baseline, verdict, file] = *known;
  constexpr std::array<std::string_view, 4> kMarks = {"known", "undecided", "not judged", "fixed"};
  std::vector<MarkedEntry> all;
  std::array<uint64_t, kMarks.size()> counts{};
  for (size_t i = 0; i < baseline.entries.size(); ++i) {
    const auto state = static_cast<size_t>(verdict.states[i]);
    ++counts[state];
    all.emplace_back(baseline.entries[i], kMarks[state]);
  }
  const auto added = difference(policy::updated(baseline, verdict), baseline);
  for (const BaselineEntry& entry : added) all.emplace_back(entry, "new");
  BaselineAnswer answer = answer_of(std::move(known->audit));
  answer.lines = marked_lines(std::move(all));
  std::string parts;
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    parts += fmt::format("{}{} {}", parts.empty() ? " = " : " + ", counts[i], kMarks[i]);
  }
  answer.summary = fmt::format("{}: {}{}; {} new", file, counted_findings(baseline.entries.size()),
                               parts, added.size());
  return answer;
}

}  // namespace headwater::pipeline
