#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "report/cause_groups.h"
#include "report/class_names.h"
#include "report/printable.h"
#include "report/reporter.h"

namespace headwater::report {
namespace {

/// Lines that the causes of one class may take, so that all of it is one screen without `-v`.
constexpr size_t kLinesPerClass = 14;
constexpr size_t kPlacesPerCause = 3;
constexpr size_t kNarrowestTable = 50;

enum class Style : uint8_t { kBold, kDim, kRed, kYellow };

class TextReport {
 public:
  TextReport(const AuditReport& audit, const ReportOptions& options, std::string& out)
      : audit_(audit),
        options_(options),
        counts_(class_counts(audit)),
        width_(std::max<size_t>(options.width, kNarrowestTable)),
        out_(out) {}

  void write() {
    if (options_.detail != Detail::kSummary) {
      header();
      headline();
      table(FindingClass::kEnvironment, "environment");
      table(FindingClass::kCascade, "follows from another failure");
      table(FindingClass::kFault, "fault of the repository");
      quiet_class(FindingClass::kOptional, "absent and guarded", "nothing to do");
      quiet_class(FindingClass::kDeferred, "deferred", "");
      quiet_class(FindingClass::kUnknown, "undecided",
                  audit_.environment_verdict == "none" ? "--env PATH judges them" : "");
      if (everything()) notes();
      separate();
    }
    totals();
    if (options_.detail != Detail::kSummary) next_command();
  }

 private:
  uint64_t count(FindingClass value) const { return counts_[static_cast<size_t>(value)]; }
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
    header_line("python", python, why, column);
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

  /// One sentence that says which repair comes first.
  void headline() {
    line("");
    const uint64_t environment = count(FindingClass::kEnvironment);
    const uint64_t failing =
        environment + count(FindingClass::kFault) + count(FindingClass::kCascade);
    if (failing == 0) {
      line(styled(Style::kBold, "Every import that static reading decides finds its target."));
      return;
    }
    if (environment * 2 <= failing) return;
    const size_t causes = groups_of(audit_, FindingClass::kEnvironment).size();
    const std::string text = fmt::format(
        "{}{} of {} failing imports follow from {} of the environment: repair {} first.",
        audit_.environment_verdict == "damaged" ? "The environment is damaged. " : "",
        with_thousands(environment), with_thousands(failing), counted(causes, "cause", "causes"),
        causes == 1 ? "it" : "them");
    for (const std::string& part : wrapped(text, width_)) line(styled(Style::kBold, part));
    line("");
  }

  void table(FindingClass finding_class, std::string_view title) {
    const std::vector<CauseGroup> groups = groups_of(audit_, finding_class);
    if (groups.empty()) return;
    const size_t title_width = width_ - 9 - 18;
    line(styled(Style::kDim, fmt::format("  {:<7}{:<{}}{:>9}{:>9}", "", title, title_width,
                                         "imports", "blocks")));
    size_t lines = 0;
    size_t shown = 0;
    for (const CauseGroup& group : groups) {
      const std::string rows = group_rows(group, title_width);
      const auto row_count = static_cast<size_t>(std::count(rows.begin(), rows.end(), '\n'));
      if (!everything() && shown != 0 && lines + row_count > kLinesPerClass) break;
      out_ += rows;
      lines += row_count;
      ++shown;
    }
    if (shown < groups.size()) remainder(groups, shown);
    line("");
  }

  void remainder(const std::vector<CauseGroup>& groups, size_t shown) {
    hides_places_ = true;
    size_t imports = 0;
    for (size_t i = shown; i < groups.size(); ++i) imports += groups[i].findings.size();
    const std::string text =
        fmt::format("and {} with {} (-v shows all)",
                    counted(groups.size() - shown, "more cause", "more causes"),
                    counted(imports, "import", "imports"));
    for (const std::string& part : wrapped(text, width_ - 2)) line("  " + part);
  }

  std::string group_rows(const CauseGroup& group, size_t title_width) {
    std::string rows;
    const std::vector<std::string> title = wrapped(printable(group.title), title_width - 1);
    const bool fault = group.finding_class == FindingClass::kFault;
    rows += "  " + styled(fault ? Style::kRed : Style::kYellow, group.code) + "  " + title[0];
    const size_t padding = title_width - std::min(title_width, column_count(title[0]));
    rows += fmt::format("{:{}}{:>9}{:>9}\n", "", padding, with_thousands(group.findings.size()),
                        with_thousands(group.blocked_modules));
    for (size_t i = 1; i < title.size(); ++i) rows += "         " + title[i] + '\n';
    if (!group.repair.empty()) {
      for (const std::string& part : wrapped(printable(group.repair), width_ - 9)) {
        rows += "         " + styled(Style::kBold, part) + '\n';
      }
    }
    for (const std::string& part : places(group)) {
      rows += "         " + styled(Style::kDim, part) + '\n';
    }
    return rows;
  }

  std::vector<std::string> places(const CauseGroup& group) {
    std::vector<std::string> lines;
    std::string text;
    size_t shown = 0;
    for (const Finding* finding : group.findings) {
      std::string place = fmt::format("{}:{}", printable(finding->file), finding->line);
      if (finding->when != When::kImport) place += fmt::format(" ({})", name_of(finding->when));
      ++shown;
      if (everything()) {
        lines.push_back(std::move(place));
        continue;
      }
      text += (text.empty() ? "" : ", ") + place;
      if (shown == kPlacesPerCause) break;
    }
    if (everything()) return lines;
    const size_t left = group.findings.size() - shown;
    if (left != 0) hides_places_ = true;
    if (left != 0) text += fmt::format(" and {} more", with_thousands(left));
    return wrapped(text, width_ - 9);
  }

  /// Classes that ask for no action take one line: how many and of what.
  void quiet_class(FindingClass finding_class, std::string_view state, std::string_view action) {
    if (count(finding_class) == 0) return;
    std::set<std::string> subjects;
    for (const Finding& finding : audit_.findings) {
      if (finding.finding_class == finding_class) subjects.insert(printable(finding.module));
    }
    std::string text = fmt::format("{} {} {}: ", counted(count(finding_class), "import", "imports"),
                                   count(finding_class) == 1 ? "is" : "are", state);
    constexpr size_t kNames = 5;
    size_t shown = 0;
    for (const std::string& subject : subjects) {
      if (shown == kNames && !everything()) break;
      text += (shown++ == 0 ? "" : ", ") + subject;
    }
    if (shown < subjects.size()) text += fmt::format(" and {} more", subjects.size() - shown);
    if (!action.empty()) text += fmt::format("; {}", action);
    for (const std::string& part : wrapped(text, width_ - 2)) line("  " + part);
    if (everything()) each_place(finding_class);
  }

  void each_place(FindingClass finding_class) {
    for (const Finding& finding : audit_.findings) {
      if (finding.finding_class != finding_class) continue;
      line(fmt::format("    {}:{}  {} {}", printable(finding.file), finding.line, finding.code,
                       printable(finding.message)));
    }
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
                                   counted(audit_.findings.size(), "finding", "findings"));
    std::string parts;
    for (size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i] == 0) continue;
      parts += fmt::format("{}{} {}", parts.empty() ? "" : " + ", with_thousands(counts_[i]),
                           name_of(static_cast<FindingClass>(i)));
    }
    if (!parts.empty()) text += " = " + parts;
    if (summary.unread != 0) text += fmt::format("; {} unread", with_thousands(summary.unread));
    for (const std::string& part : wrapped(text, width_)) line(styled(Style::kBold, part));
  }

  void next_command() {
    const auto environment = groups_of(audit_, FindingClass::kEnvironment);
    if (!environment.empty() && !environment.front().repair.empty()) {
      line("next: " + printable(environment.front().repair));
    } else if (hides_places_) {
      const std::string root = audit_.root == "." ? "" : ' ' + printable(audit_.root);
      line("next: headwater check -v" + root);
    }
  }

  const AuditReport& audit_;
  const ReportOptions& options_;
  std::array<uint64_t, 6> counts_;
  size_t width_;
  std::string& out_;
  bool hides_places_ = false;  // something is left for -v
};

}  // namespace

void write_text(const AuditReport& audit, const ReportOptions& options, std::string& out) {
  TextReport(audit, options, out).write();
}

}  // namespace headwater::report
