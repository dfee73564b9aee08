#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "report/known_findings.h"
#include "report/markup.h"
#include "report/printable.h"
#include "report/reporter.h"
#include "report/verdict.h"

namespace headwater::report {
namespace {

constexpr size_t kPlaces = 5;
/// Modules that need nothing done; the most imported ones are named.
constexpr size_t kQuiet = 20;

std::string place(const Place& site) {
  std::string text = site.file;
  if (site.cell != 0) text += fmt::format(":cell {}", site.cell);
  if (site.line != 0) text += fmt::format(":{}", site.line);
  return code(text);
}

std::string repair_of(const Cause& cause) {
  if (!cause.fix_command.empty()) {
    return code(cause.fix_command) + (cause.is_guessed() ? " (a guess)" : "");
  }
  return cause.fix_text == cause.title ? std::string() : escaped(cause.fix_text);
}

/// What a deferral takes: a module, a code, a path.
std::string subject_of(const Deferral& deferral) {
  std::string text;
  for (const std::string& part : {deferral.module, deferral.code, deferral.path}) {
    if (!part.empty()) text += (text.empty() ? "" : ", ") + code(part);
  }
  return text;
}

class Markdown {
 public:
  /// `all`: with what the baseline has; `audit`: without.
  Markdown(const AuditReport& all, const AuditReport& audit, const ReportOptions& options,
           std::string& out)
      : all_(all), audit_(audit), options_(options), out_(out) {}

  void write() {
    verdict();
    causes();
    faults();
    quiet("Optional, absent or failing", FindingClass::kOptional,
          "guarded, so that nothing has to be done");
    deferred();
    quiet("Undecided", FindingClass::kUnknown,
          "static reading or a missing environment cannot tell");
    known();
    steps();
    after_each_step();
  }

 private:
  void line(std::string_view text = "") {
    out_ += text;
    out_ += '\n';
  }

  void verdict() {
    const AuditSummary& summary = audit_.summary;
    line("# Import audit");
    line();
    const std::string harmless = escaped(harmless_verdict(audit_));
    std::string outcome = ". " + harmless;
    if (harmless.empty()) {
      outcome =
          fmt::format(": {} of {} {}, {} would raise.", with_thousands(summary.failing_modules),
                      counted(summary.modules, "module", "modules"),
                      summary.failing_modules == 1 ? "fails" : "fail",
                      counted(summary.failing_imports, "import", "imports"));
    }
    line(fmt::format("{}, {}{}", counted(summary.files, "file", "files"),
                     counted(summary.imports, "import", "imports"), outcome));
    line();
    environment();
    project_environments();
  }

  void environment() {
    const bool is_of_the_rest = !audit_.project_environments.empty();
    const std::string none = is_of_the_rest ? "none but those below" : "no environment";
    const std::string where =
        audit_.environment_path.empty() ? none : code(audit_.environment_path);
    line(fmt::format("Environment: {}, Python {}, {} ({}).", where, audit_.python_version,
                     environment_verdict(), escaped(audit_.environment_why)));
  }

  void project_environments() {
    if (audit_.project_environments.empty()) return;
    line();
    line("| files below | environment | Python | distributions | damaged |");
    line("|---|---|---|---|---|");
    for (const ReportedEnvironment& own : audit_.project_environments) {
      line(fmt::format("| {} | {} | {} | {} | {} |", code(own.folder), code(own.path),
                       own.python_version, with_thousands(own.distributions_present),
                       with_thousands(own.distributions_damaged)));
    }
  }

  std::string environment_verdict() const {
    const std::string present =
        counted(audit_.distributions_present, "distribution", "distributions");
    if (audit_.environment_verdict == "none") return "**not judged**";
    if (audit_.environment_verdict == "present") return present;
    return fmt::format("**{}**, {}", audit_.environment_verdict, present);
  }

  void causes() {
    const auto blocks = [](const Cause& cause) { return !cause.blocked.empty(); };
    if (std::ranges::none_of(audit_.causes, blocks)) return;
    line();
    line("## Causes");
    line();
    line("| | cause | alone | with others | repair |");
    line("|---|---|---|---|---|");
    for (size_t i = 0; i < audit_.causes.size(); ++i) {
      const Cause& cause = audit_.causes[i];
      if (!blocks(cause)) continue;
      line(fmt::format("| {} | {} | {} | {} | {} |", i + 1, escaped(cause.title),
                       with_thousands(cause.sole), with_thousands(cause.shared()),
                       repair_of(cause)));
    }
  }

  void faults() {
    bool first = true;
    for (const Cause& cause : audit_.causes) {
      if (cause.finding_class != FindingClass::kFault || cause.sites.empty()) continue;
      if (first) {
        line();
        line("## Faults of the repository");
        line();
      }
      first = false;
      std::string text = fmt::format("- {} {}: ", cause.code, escaped(cause.title));
      for (size_t i = 0; i < std::min(kPlaces, cause.sites.size()); ++i) {
        text += (i == 0 ? "" : ", ") + place(cause.sites[i]);
      }
      if (cause.sites.size() > kPlaces) {
        text += fmt::format(" and {} more", cause.sites.size() - kPlaces);
      }
      const std::string repair = repair_of(cause);
      if (!repair.empty()) text += fmt::format("; {}", repair);
      line(text);
    }
  }

  void quiet(std::string_view title, FindingClass finding_class, std::string_view why) {
    std::map<std::string, size_t> modules;
    for (const Finding& finding : audit_.findings) {
      if (finding.finding_class == finding_class) ++modules[finding.module];
    }
    if (modules.empty()) return;
    line();
    line(fmt::format("## {}", title));
    line();
    line(fmt::format("{}:", why));
    line();
    std::vector<std::pair<std::string, size_t>> most(modules.begin(), modules.end());
    std::ranges::stable_sort(most, std::greater(), &std::pair<std::string, size_t>::second);
    const bool all = options_.detail == Detail::kEverything || most.size() <= kQuiet;
    const size_t named = all ? most.size() : kQuiet;
    size_t left = 0;
    for (size_t i = 0; i < most.size(); ++i) {
      const auto& [module, count] = most[i];
      if (i < named) {
        line(fmt::format("- {} ({})", code(module), counted(count, "import", "imports")));
      } else {
        left += count;
      }
    }
    if (all) return;
    line(fmt::format("- and {} of {} (-v names them)", counted(left, "import", "imports"),
                     counted(most.size() - named, "other module", "other modules")));
  }

  /// What is put off, why and until when; then what has expired, and what defers nothing.
  void deferred() {
    const auto is_about_deferrals = [](const Finding& finding) {
      return finding.code == "HW902" || finding.code == "HW903";
    };
    if (audit_.deferrals.empty() && std::ranges::none_of(audit_.findings, is_about_deferrals)) {
      return;
    }
    line();
    line("## Deferred");
    line();
    for (const ReportedDeferral& one : audit_.deferrals) {
      const std::string owner = one.deferral.owner.empty() ? "" : " (" + one.deferral.owner + ")";
      line(fmt::format("- {}, {}{}: {}", subject_of(one.deferral),
                       counted(one.findings, "finding", "findings"), one.deferral.term(),
                       escaped(one.deferral.reason + owner)));
    }
    for (const Finding& finding : audit_.findings) {
      if (!is_about_deferrals(finding)) continue;
      line(fmt::format("- {} {}: {}; {}", finding.code,
                       place({finding.file, finding.line, finding.cell}), escaped(finding.message),
                       escaped(finding.suggestion)));
    }
  }

  /// The environment first, then what blocks modules, then the rest.
  void steps() {
    std::vector<std::string> now, next, later;
    std::set<std::string> seen;
    for (const Cause& cause : audit_.causes) {
      if (cause.finding_class == FindingClass::kUnknown) continue;
      std::string repair = repair_of(cause);
      if (repair.empty() && !cause.sites.empty()) repair = "mend " + place(cause.sites[0]);
      if (repair.empty()) continue;
      if (!seen.insert(repair).second) continue;
      const std::string text = fmt::format("- {}: {}", repair, escaped(cause.title));
      const bool is_environment = cause.finding_class == FindingClass::kEnvironment;
      if (cause.blocked.empty()) {
        later.push_back(text);
      } else {
        (is_environment ? now : next).push_back(text);
      }
    }
    const auto list = [&](std::string_view title, const std::vector<std::string>& all) {
      if (all.empty()) return;
      line();
      line(fmt::format("### {}", title));
      line();
      for (const std::string& text : all) line(text);
    };
    if (now.empty() && next.empty() && later.empty()) return;
    line();
    line("## What to do");
    list("Now: the environment", now);
    list("Next: the faults that block modules", next);
    list("Later: what blocks no module", later);
  }

  /// What the baseline has, and what it need not have any more.
  void known() {
    const std::string fixed = fixed_line(all_, options_.arguments);
    if (known_line(all_).empty() && fixed.empty()) return;
    line();
    line("## Known");
    line();
    if (!known_line(all_).empty()) line(escaped(known_line(all_)) + '.');
    if (!fixed.empty()) line(escaped(fixed) + '.');
    if (options_.detail != Detail::kEverything) return;
    line();
    for (const Finding& finding : all_.findings) {
      if (!finding.is_known) continue;
      line(fmt::format("- {} {}: {}", finding.code,
                       place({finding.file, finding.line, finding.cell}),
                       escaped(finding.message)));
    }
  }

  void after_each_step() {
    if (audit_.plan.empty()) return;
    line();
    line("## Expected after each step");
    line();
    line("| after | modules freed | still failing |");
    line("|---|---|---|");
    for (const PlannedRepair& step : audit_.plan) {
      line(fmt::format("| {} | {} | {} |", escaped(audit_.causes[step.cause].title),
                       with_thousands(step.unblocks), with_thousands(step.remaining)));
    }
  }

  const AuditReport& all_;
  const AuditReport& audit_;
  const ReportOptions& options_;
  std::string& out_;
};

}  // namespace

void write_markdown(const AuditReport& audit, const ReportOptions& options, std::string& out) {
  const auto left = without_known(audit);
  Markdown(audit, left ? *left : audit, options, out).write();
}

}  // namespace headwater::report
