#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "report/cause_table.h"
#include "report/class_names.h"
#include "report/known_findings.h"
#include "report/printable.h"
#include "report/reporter.h"
#include "report/verdict.h"

namespace headwater::report {
namespace {

constexpr size_t kNarrowestTable = 50;

enum class Style : uint8_t { kBold, kDim, kRed, kYellow };

class TextReport {
 public:
  /// `all`: with what the baseline has; `audit`: without.
  TextReport(const AuditReport& all, const AuditReport& audit, const ReportOptions& options,
             std::string& out)
      : all_(all),
        audit_(audit),
        options_(options),
        counts_(class_counts(audit)),
        width_(std::max<size_t>(options.width, kNarrowestTable)),
        out_(out) {}

  void write() {
    if (options_.detail != Detail::kSummary) {
      header();
      headline();
      causes();
      victims();
      quiet(optional(false), {"is absent and guarded", "are absent and guarded"}, "nothing to do");
      quiet(optional(true), {"fails and is guarded", "fail and are guarded"}, "nothing to do");
      deferred();
      quiet(of_class(FindingClass::kUnknown), {"is undecided", "are undecided"},
            wants_environment() ? "an environment with packages judges them: --env PATH" : "");
      known();
      moved();
      idle_comments();
      policy_lines();
      if (everything()) notes();
      separate();
      plan();
    }
    totals();
    if (options_.detail != Detail::kSummary) next_command();
  }

 private:
  using Chosen = std::vector<const Finding*>;
  struct OneOrMany {
    std::string_view one;
    std::string_view many;
  };

  Chosen of_class(FindingClass value) const {
    Chosen chosen;
    for (const Finding& finding : audit_.findings) {
      if (finding.finding_class == value) chosen.push_back(&finding);
    }
    return chosen;
  }
  /// Guarded imports: of what is there and fails, or of what is not there.
  Chosen optional(bool is_there) const {
    Chosen chosen = of_class(FindingClass::kOptional);
    std::erase_if(chosen, [&](const Finding* one) { return (one->code == "HW141") != is_there; });
    return chosen;
  }

  uint64_t count(FindingClass value) const { return counts_[static_cast<size_t>(value)]; }
  /// Whether something is undecided for want of an environment alone.
  bool wants_environment() const {
    return std::ranges::any_of(audit_.findings,
                               [](const Finding& one) { return one.code == "HW203"; });
  }
  /// Whether something is undecided for a handler or a condition around it, which a simulation
  /// runs.
  bool wants_simulation() const {
    return !options_.is_deep && std::ranges::any_of(audit_.findings, [](const Finding& one) {
      return one.finding_class == FindingClass::kUnknown && one.when == When::kImport &&
             one.code != "HW203";
    });
  }
  bool everything() const { return options_.detail == Detail::kEverything; }

  void line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }

  /// One empty line between parts, whichever of them there are.
  void separate() {
    if (!out_.ends_with("\n\n")) line("");
  }

  std::string styled(Style style, std::string_view text) const {
    constexpr std::string_view kCodes[] = {"1", "2", "31", "33"};
    if (!options_.color) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", kCodes[static_cast<size_t>(style)], text);
  }

  /// `roots` and `python`: what was judged against what, and why that was chosen.
  void header() {
    std::string roots;
    for (const std::string& root : audit_.roots) {
      roots += (roots.empty() ? "" : ", ") + (root.empty() ? "." : printable(root));
    }
    std::string python = audit_.python_version;
    if (!audit_.environment_path.empty()) python += " in " + printable(audit_.environment_path);
    std::string why = printable(audit_.environment_why);
    if (audit_.distributions_present != 0) {
      why += ", " + counted(audit_.distributions_present, "distribution", "distributions");
    }
    const size_t room = width_ - 7 - 2;
    const size_t longest = std::max(column_count(roots), column_count(python));
    const size_t column = std::min(longest, room / 2);
    header_line("roots ", roots, printable(audit_.roots_why), column);
    header_line("python", python, why + own_environments(), column);
    for (const ReportedEnvironment& own : audit_.project_environments) {
      if (!everything()) break;
      header_line("python", own.python_version + " in " + printable(own.path),
                  fmt::format("for {}, {}", printable(own.folder),
                              counted(own.distributions_present, "distribution", "distributions")),
                  column);
    }
  }

  std::string own_environments() const {
    const size_t count = audit_.project_environments.size();
    if (count == 0) return {};
    if (count == 1) {
      return fmt::format("; {} has its own", printable(audit_.project_environments[0].folder));
    }
    return fmt::format("; {} folders have their own", with_thousands(count));
  }

  void header_line(std::string_view label, const std::string& what, const std::string& why,
                   size_t column) {
    const size_t used = column_count(what);
    const std::string shown = used <= width_ - 7 ? what : first_part(what, width_ - 10) + "...";
    out_ += styled(Style::kBold, label) + ' ' + shown;
    const size_t left = std::max(used, column) - used;
    if (7 + used + left + 2 + column_count(why) <= width_) {
      out_ += std::string(left + 2, ' ') + why + '\n';
    } else if (7 + used + 2 + column_count(why) <= width_) {
      out_ += "  " + why + '\n';
    } else {
      line("");
      for (const std::string& part : wrapped(why, width_ - 7)) line("       " + part);
    }
  }

  /// At most `width` columns, cut before a comma where there is one.
  static std::string first_part(const std::string& text, size_t width) {
    size_t end = std::min(text.size(), width);
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    const size_t comma = text.rfind(", ", end);
    return text.substr(0, comma == std::string::npos ? end : comma + 2);
  }

  void headline() {
    line("");
    const std::string text = report::headline(audit_);
    for (const std::string& part :
         text.empty() ? std::vector<std::string>() : wrapped(text, width_)) {
      line(styled(Style::kBold, part));
    }
    if (!text.empty() && std::ranges::any_of(audit_.findings, raises)) line("");
  }

  void causes() {
    const CauseTable table(audit_, {width_, everything(), options_.show_cascade});
    for (const CauseLine& row : table.lines()) {
      switch (row.kind) {
        case CauseLine::Kind::kHeading:
        case CauseLine::Kind::kDetail:
          line(styled(Style::kDim, row.text));
          break;
        case CauseLine::Kind::kFault:
          line(styled(Style::kRed, row.text));
          break;
        case CauseLine::Kind::kEnvironment:
          line(styled(Style::kYellow, row.text));
          break;
        case CauseLine::Kind::kRepair:
          line(styled(Style::kBold, row.text));
          break;
        case CauseLine::Kind::kPlain:
          line(row.text);
          break;
      }
    }
    hides_places_ = table.hides_something();
    if (!table.lines().empty()) line("");
  }

  /// What the causes are the causes of.
  void victims() {
    if (count(FindingClass::kCascade) == 0) return;
    const bool one = count(FindingClass::kCascade) == 1;
    std::string text = fmt::format("{} {} only because {} target fails",
                                   counted(count(FindingClass::kCascade), "import", "imports"),
                                   one ? "fails" : "fail", one ? "its" : "their");
    text += options_.show_cascade ? "" : " (--show-cascade lists the modules)";
    for (const std::string& part : wrapped(text, width_ - 2)) line("  " + part);
  }

  void plan() {
    if (audit_.plan.empty()) return;
    constexpr size_t kSteps = 6;
    std::string numbers = with_thousands(audit_.failing_modules.size());
    for (size_t i = 0; i < audit_.plan.size(); ++i) {
      const bool is_last = i + 1 == audit_.plan.size();
      if (i >= kSteps && !is_last) continue;
      if (i > kSteps) numbers += " -> ...";
      numbers += " -> " + with_thousands(audit_.plan[i].remaining);
    }
    std::string command = "(headwater plan";
    if (!options_.audit_arguments.empty()) command += ' ';
    command += printable(options_.audit_arguments);
    command += ')';
    const std::string text =
        fmt::format("repaired in this order, failing modules fall {}", numbers);
    // A command that is copied stands on one line.
    const std::vector<std::string> parts = wrapped(fmt::format("{} {}", text, command), width_);
    const bool is_whole = std::ranges::any_of(
        parts, [&](const std::string& part) { return part.ends_with(command); });
    for (const std::string& part : is_whole ? parts : wrapped(text, width_)) line(part);
    if (!is_whole) line(command);
  }

  /// Classes that ask for no action take one line: how many and of what.
  void quiet(const Chosen& chosen, const OneOrMany& state, std::string_view action) {
    if (chosen.empty()) return;
    std::set<std::string> subjects;
    for (const Finding* finding : chosen) subjects.insert(printable(finding->module));
    std::string text = fmt::format("{} {}: ", counted(chosen.size(), "import", "imports"),
                                   chosen.size() == 1 ? state.one : state.many);
    constexpr size_t kNames = 5;
    size_t shown = 0;
    for (const std::string& subject : subjects) {
      if (shown == kNames && !everything()) break;
      text += (shown++ == 0 ? "" : ", ") + subject;
    }
    if (shown < subjects.size()) text += fmt::format(" and {} more", subjects.size() - shown);
    if (!action.empty()) text += fmt::format("; {}", action);
    for (const std::string& part : wrapped(text, width_ - 2)) line("  " + part);
    if (everything()) each_place(chosen);
  }

  /// What is put off, one line a decision.
  void deferred() {
    for (const ReportedDeferral& one : audit_.deferrals) {
      const std::string text = fmt::format("{} {} deferred{}: {}", with_thousands(one.findings),
                                           one.findings == 1 ? "is" : "are", one.deferral.term(),
                                           printable(one.deferral.reason));
      for (const std::string& part : wrapped(text, width_ - 2)) line("  " + part);
    }
    if (everything()) each_place(of_class(FindingClass::kDeferred));
  }

  /// What the baseline has, and what it need not have any more.
  void known() {
    std::string text = known_line(all_);
    if (!text.empty()) line("  " + text + (everything() ? "" : "; -v shows them"));
    for (const Finding& finding : all_.findings) {
      if (everything() && finding.is_known) place_line(finding);
    }
    const std::string fixed = fixed_line(all_, options_.arguments);
    if (fixed.empty()) return;
    line("  " + fixed);  // not wrapped: a command that is copied stands on one line
    if (!everything()) return;
    for (const std::string& entry : all_.baseline->fixed) line("    " + printable(entry));
  }

  void moved() {
    if (audit_.moved.empty()) return;
    line(fmt::format(
        "  {}, since the module has moved",
        counted(audit_.moved.size(), "import can be rewritten", "imports can be rewritten")));
    line("    " + check_with("--diff"));
  }

  /// Findings about comments: they are at no import, so their places stand for them.
  void idle_comments() {
    std::vector<const Finding*> idle;
    for (const Finding& finding : audit_.findings) {
      if (finding.code == "HW901") idle.push_back(&finding);
    }
    if (idle.empty()) return;
    std::string text = counted(idle.size(), "comment ignores", "comments ignore") + " nothing: ";
    constexpr size_t kPlaces = 5;
    for (size_t i = 0; i < std::min(kPlaces, idle.size()); ++i) {
      text += fmt::format("{}{}:{}", i == 0 ? "" : ", ", printable(idle[i]->file), idle[i]->line);
    }
    if (idle.size() > kPlaces) text += fmt::format(" and {} more", idle.size() - kPlaces);
    for (const std::string& part : wrapped(text, width_ - 2)) line("  " + part);
    if (!everything()) return;
    for (const Finding* finding : idle) place_line(*finding);
  }

  /// Deferrals that have expired, or that defer nothing.
  void policy_lines() {
    for (const Finding& finding : audit_.findings) {
      if (finding.finding_class != FindingClass::kPolicy || finding.code == "HW901") continue;
      const std::string text =
          fmt::format("{}:{} {} {}; {}", printable(finding.file), finding.line, finding.code,
                      printable(finding.message), printable(finding.suggestion));
      const bool fails = finding.severity == Severity::kError;
      for (const std::string& part : wrapped(text, width_ - 2)) {
        line(fails ? styled(Style::kRed, "  " + part) : "  " + part);
      }
    }
  }

  void each_place(const Chosen& chosen) {
    for (const Finding* finding : chosen) place_line(*finding);
  }

  void place_line(const Finding& finding) {
    const std::string cell = finding.cell == 0 ? "" : fmt::format("cell {}:", finding.cell);
    line(fmt::format("    {}:{}{}  {} {}", printable(finding.file), cell, finding.line,
                     finding.code, printable(finding.message)));
  }

  void notes() {
    for (const std::string& note : audit_.notes) {
      for (const std::string& part : wrapped(printable(note), width_ - 2)) line("  " + part);
    }
  }

  /// The number of findings and its parts, which add up.
  void totals() {
    const AuditSummary& summary = audit_.summary;
    std::string text = fmt::format("{}, {}: {}", counted(summary.files, "file", "files"),
                                   counted(summary.imports, "import", "imports"),
                                   counted(all_.findings.size(), "finding", "findings"));
    std::string parts;
    if (all_.findings.size() != audit_.findings.size()) {
      parts = with_thousands(all_.findings.size() - audit_.findings.size()) + " known";
    }
    for (size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i] == 0) continue;
      parts += fmt::format("{}{} {}", parts.empty() ? "" : " + ", with_thousands(counts_[i]),
                           name_of(static_cast<FindingClass>(i)));
    }
    if (!parts.empty()) text += " = " + parts;
    if (repairable_causes() != 0) text += "; " + counted(repairable_causes(), "cause", "causes");
    if (summary.uncertain_modules != 0) text += "; " + modules();
    if (!audit_.suppressed.empty()) {
      text += fmt::format("; {} suppressed", with_thousands(audit_.suppressed.size()));
    }
    if (summary.not_selected != 0) {
      text += fmt::format("; {} not selected", with_thousands(summary.not_selected));
    }
    if (summary.unread != 0) text += fmt::format("; {} unread", with_thousands(summary.unread));
    for (const std::string& part : wrapped(text, width_)) line(styled(Style::kBold, part));
  }

  /// What becomes of them, where some are undecided: the parts add up.
  std::string modules() const {
    const AuditSummary& summary = audit_.summary;
    const uint64_t decided = summary.modules - summary.uncertain_modules;
    return fmt::format(
        "{} = {} import + {} fail + {} undecided{}", counted(summary.modules, "module", "modules"),
        with_thousands(decided - summary.failing_modules), with_thousands(summary.failing_modules),
        with_thousands(summary.uncertain_modules),
        wants_simulation() ? " (headwater why lists them, --deep runs them)"
                           : " (headwater why lists them)");
  }

  void next_command() {
    const Cause* const first = audit_.causes.empty() ? nullptr : &audit_.causes.front();
    const bool is_certain = first && first->finding_class != FindingClass::kUnknown;
    if (is_certain && !first->fix_command.empty()) {
      line("next: " + printable(first->repair()));
    } else if (hides_places_) {
      line("next: " + check_with("-v"));
    }
  }

  /// The same audit with one more option.
  std::string check_with(std::string_view option) const {
    std::string text = fmt::format("headwater check {}", option);
    if (!options_.arguments.empty()) text += ' ' + printable(options_.arguments);
    return text;
  }

  /// Causes that somebody can repair: those of unknown class wait for an environment.
  uint64_t repairable_causes() const {
    return static_cast<uint64_t>(std::ranges::count_if(audit_.causes, [](const Cause& cause) {
      return cause.finding_class != FindingClass::kUnknown;
    }));
  }

  const AuditReport& all_;
  const AuditReport& audit_;
  const ReportOptions& options_;
  std::array<uint64_t, 7> counts_;
  size_t width_;
  std::string& out_;
  bool hides_places_ = false;  // something is left for -v
};

}  // namespace

void write_text(const AuditReport& audit, const ReportOptions& options, std::string& out) {
  const auto left = without_known(audit);
  TextReport(audit, left ? *left : audit, options, out).write();
}

}  // namespace headwater::report
