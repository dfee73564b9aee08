#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "report/printable.h"
#include "report/triage_report.h"

namespace headwater::report {
namespace {

/// Without `-v`, so that all of it is one screen.
constexpr size_t kCauses = 8;
constexpr size_t kPlaces = 4;  // of a class
constexpr size_t kRules = 5;
constexpr size_t kNarrowest = 50;

class TriageText {
 public:
  TriageText(const TriageReport& triage, const ReportOptions& options, std::string& out)
      : triage_(triage),
        options_(options),
        width_(std::max<size_t>(options.width, kNarrowest)),
        out_(out) {}

  void write() {
    if (options_.detail != Detail::kSummary) {
      header();
      headline();
      causes();
      alone();
      quiet(TriageClass::kOptional, {"is guarded", "are guarded"}, "nothing to do");
      quiet(TriageClass::kDeferred, {"is put off", "are put off"}, "");
      quiet(TriageClass::kWorks, {"works here", "work here"}, "whatever the tools say");
      quiet(TriageClass::kStale, {"is stale", "are stale"}, "not what the sources say now");
      quiet(TriageClass::kUnknown, {"is undecided", "are undecided"}, "");
      others();
      if (!out_.ends_with("\n\n")) out_ += '\n';
    }
    wrap(triage_totals(triage_), 0, true);
    if (options_.detail != Detail::kSummary) next();
  }

 private:
  struct OneOrMany {
    std::string_view one;
    std::string_view many;
  };

  bool everything() const { return options_.detail == Detail::kEverything; }

  std::string bold(std::string_view text) const {
    return options_.color ? fmt::format("\x1b[1m{}\x1b[0m", text) : std::string(text);
  }

  void wrap(std::string_view text, size_t indent, bool is_bold = false) {
    for (const std::string& part : wrapped(text, width_ - indent)) {
      out_ += std::string(indent, ' ') + (is_bold ? bold(part) : part) + '\n';
    }
  }

  void header() {
    for (const TriagedReport& report : triage_.reports) {
      const uint64_t entries = report.entries + report.other_count;
      std::string text = fmt::format("{} {}, ", bold("report"), printable(report.name));
      text += report.tool.empty()
                  ? "empty: no entries"
                  : fmt::format("{}, {}", report.tool, counted(entries, "entry", "entries"));
      if (report.unreadable != 0) text += fmt::format(", {} unreadable", report.unreadable);
      out_ += text + '\n';
    }
    const AuditReport& audit = triage_.audit;
    std::string python = audit.python_version;
    if (!audit.environment_path.empty()) python += " in " + printable(audit.environment_path);
    out_ += fmt::format("{} {}\n\n", bold("python"), python);
  }

  uint64_t count(TriageClass value) const { return triage_.by_class[static_cast<size_t>(value)]; }

  void headline() {
    const uint64_t faults = count(TriageClass::kFault);
    const uint64_t real = faults + count(TriageClass::kEnvironment) + count(TriageClass::kCascade);
    std::string text;
    if (has_nothing()) {
      const bool says_so =
          std::ranges::none_of(triage_.reports, &std::string_view::empty, &TriagedReport::tool);
      text = says_so ? "The reports say that nothing is wrong." : "The reports have no entries.";
    } else if (triage_.imports.empty()) {
      text = "The reports name no import.";
    } else if (real == 0) {
      text = nothing_real();
    } else {
      text = fmt::format("{} of {} {} here: {}.", with_thousands(real),
                         counted(triage_.imports.size(), "import", "imports"),
                         real == 1 ? "fails" : "fail", of_repository(faults));
    }
    wrap(text, 0, true);
    if (const std::string doubt = of_other_files(triage_); !doubt.empty()) wrap(doubt, 0);
    out_ += '\n';
  }

  /// What is stale or undecided may be real elsewhere in the sources, or in other ones.
  std::string nothing_real() const {
    const uint64_t stale = count(TriageClass::kStale);
    const uint64_t undecided = count(TriageClass::kUnknown);
    if (stale + undecided == 0) return "Nothing of it is real here.";
    std::string rest;
    if (stale != 0) rest = counted(stale, "is stale", "are stale");
    if (undecided != 0) {
      rest += (rest.empty() ? "" : ", ") + counted(undecided, "is undecided", "are undecided");
    }
    return fmt::format("Nothing of it is known to be real here: {}.", rest);
  }

  bool has_nothing() const {
    const auto is_read = [](const TriagedReport& report) { return report.unreadable == 0; };
    return triage_.entries() + triage_.others() == 0 &&
           std::ranges::all_of(triage_.reports, is_read);
  }

  /// How much of it is the repository's own.
  std::string of_repository(uint64_t faults) const {
    constexpr std::string_view kHere = "in the repository itself";
    const uint64_t following = triage_.follow_from_faults();
    const std::string wrong = counted(faults, "is wrong", "are wrong");
    const std::string follow = counted(following, "follows", "follow");
    if (faults + following == 0) return fmt::format("nothing is wrong {}", kHere);
    if (faults == 0) return fmt::format("{} from what is wrong {}", follow, kHere);
    if (following == 0) return fmt::format("{} {}", wrong, kHere);
    return fmt::format("{} {}, and {} from what is wrong there", wrong, kHere, follow);
  }

  /// What explains most comes first, with its number of imports at the right.
  void causes() {
    if (triage_.causes.empty()) return;
    constexpr std::string_view kHeading = "imports";
    out_ += fmt::format("  {:{}}{}\n", "cause", width_ - 2 - kHeading.size(), kHeading);
    size_t shown = 0;
    for (const TriagedCause& explained : triage_.causes) {
      if (shown++ == kCauses && !everything()) break;
      cause(shown, explained);
    }
    if (shown > kCauses && !everything()) {
      out_ += fmt::format("  and {} more causes (-v)\n", triage_.causes.size() - kCauses);
    }
    out_ += '\n';
  }

  void cause(size_t number, const TriagedCause& explained) {
    const Cause& cause = triage_.audit.causes[explained.cause];
    const bool is_fault = cause.finding_class == FindingClass::kFault;
    std::string title = printable(cause.title);
    if (is_fault && !cause.sites.empty()) title = place(cause.sites[0]) + ' ' + title;
    const std::string total = with_thousands(explained.total);
    const std::string label = fmt::format("  {} ", number);
    const size_t room = width_ - label.size() - 9;
    const std::vector<std::string> lines = wrapped(title, room);
    for (size_t i = 0; i < lines.size(); ++i) {
      out_ += (i == 0 ? label : std::string(label.size(), ' ')) + lines[i];
      if (i == 0) {
        const size_t used = label.size() + column_count(lines[i]) + total.size();
        out_ += std::string(width_ - std::min(width_, used), ' ') + total;
      }
      out_ += '\n';
    }
    std::string repair = printable(cause.repair());
    if (repair == printable(cause.title)) repair.clear();
    if (is_fault) repair.append(repair.empty() ? "" : " ").append(cause.code);
    if (!repair.empty()) wrap(repair, 6);
    if (!everything()) return;
    for (const TriagedImport& import : triage_.imports) {
      if (import.cause == static_cast<int>(explained.cause)) import_line(import);
    }
  }

  static std::string place(const Place& site) {
    return site.line == 0 ? printable(site.file)
                          : fmt::format("{}:{}", printable(site.file), site.line);
  }

  /// What is real and of no cause that is counted.
  void alone() {
    std::vector<const TriagedImport*> all;
    for (const TriagedImport& import : triage_.imports) {
      if (is_real(import.triage_class) && import.cause < 0) all.push_back(&import);
    }
    list(all, {"is real, of no cause", "are real, of no cause"}, "");
  }

  void quiet(TriageClass value, OneOrMany state, std::string_view remark) {
    std::vector<const TriagedImport*> all;
    for (const TriagedImport& import : triage_.imports) {
      if (import.triage_class == value) all.push_back(&import);
    }
    list(all, state, remark);
  }

  void list(const std::vector<const TriagedImport*>& all, OneOrMany state,
            std::string_view remark) {
    if (all.empty()) return;
    wrap(fmt::format("{} {}{}{}", counted(all.size(), "import", "imports"),
                     all.size() == 1 ? state.one : state.many, remark.empty() ? "" : ": ", remark),
         2);
    size_t shown = 0;
    for (const TriagedImport* import : all) {
      if (shown++ == kPlaces && !everything()) break;
      import_line(*import);
    }
    if (all.size() > kPlaces && !everything()) {
      out_ += fmt::format("    and {} more (-v)\n", with_thousands(all.size() - kPlaces));
    }
  }

  void import_line(const TriagedImport& import) {
    std::string text = printable(import.file);
    if (import.line != 0) text += fmt::format(":{}", import.line);
    if (!import.module.empty()) text += "  " + printable(import.module);
    text += fmt::format(": {} ({})", printable(import.why), said_by(import));
    const std::vector<std::string> parts = wrapped(text, width_ - 6);
    for (size_t i = 0; i < parts.size(); ++i) {
      out_ += std::string(i == 0 ? 4 : 6, ' ') + parts[i] + '\n';
    }
  }

  /// What the tools say of something else.
  void others() {
    for (const TriagedReport& report : triage_.reports) {
      if (report.other_count == 0) continue;
      std::vector<std::pair<uint64_t, std::string>> rules;
      for (const auto& [rule, number] : report.others) rules.emplace_back(number, rule);
      std::ranges::stable_sort(rules, std::greater<>(), &std::pair<uint64_t, std::string>::first);
      std::string text;
      size_t shown = 0;
      for (const auto& [number, rule] : rules) {
        if (shown == kRules && !everything()) break;
        const std::string name = rule.empty() ? "without a name" : printable(rule);
        text += fmt::format("{}{} {}", shown++ == 0 ? "" : ", ", name, with_thousands(number));
      }
      if (shown < rules.size()) text += fmt::format(" and {} more", rules.size() - shown);
      wrap(fmt::format("{} of {} {} about no import: {}", with_thousands(report.other_count),
                       report.tool, report.other_count == 1 ? "is" : "are", text),
           2);
    }
  }

  void next() {
    for (const TriagedCause& explained : triage_.causes) {
      const Cause& cause = triage_.audit.causes[explained.cause];
      if (cause.fix_command.empty()) continue;
      out_ += "next: " + printable(cause.repair()) + '\n';
      return;
    }
    for (const TriagedImport& import : triage_.imports) {
      if (!is_real(import.triage_class) || import.line == 0) continue;
      out_ += fmt::format("next: headwater why {}:{}", printable(import.file), import.line);
      if (!options_.audit_arguments.empty()) out_ += ' ' + printable(options_.audit_arguments);
      out_ += '\n';
      return;
    }
  }

  const TriageReport& triage_;
  const ReportOptions& options_;
  size_t width_;
  std::string& out_;
};

}  // namespace

void write_triage_text(const TriageReport& triage, const ReportOptions& options, std::string& out) {
  TriageText(triage, options, out).write();
}

}  // namespace headwater::report
