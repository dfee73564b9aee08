#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/paths.h"
#include "report/printable.h"
#include "report/reporter.h"

namespace headwater::report {
namespace {

/// GitHub shows so many annotations of a kind for each step of a job, and drops the others.
constexpr size_t kMostOfAKind = 10;

enum class Kind : uint8_t { kError, kWarning, kNotice, kNone };
constexpr std::array<std::string_view, 3> kKindNames = {"error", "warning", "notice"};

/// What has failed the run; what would raise and fails nothing here; notes about the repository's
/// own decisions. What is known, guarded, deferred or undecided is no annotation.
Kind kind_of(const Finding& finding) {
  if (finding.is_known) return Kind::kNone;
  if (finding.fails_run) return Kind::kError;
  if (raises(finding)) return Kind::kWarning;
  return finding.finding_class == FindingClass::kPolicy ? Kind::kNotice : Kind::kNone;
}

/// As the runner takes it out of a workflow command: everything after the properties.
std::string escaped_data(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of("%\r\n"), text.size());
    out += printable(text.substr(0, end));
    if (end == text.size()) break;
    out += text[end] == '%' ? "%25" : text[end] == '\r' ? "%0D" : "%0A";
    text.remove_prefix(end + 1);
  }
  return out;
}

std::string escaped_property(std::string_view text) {
  std::string out;
  for (const char c : escaped_data(text)) {
    if (c == ':') {
      out += "%3A";
    } else if (c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

class Annotations {
 public:
  Annotations(const AuditReport& audit, std::string& out)
      : audit_(audit), folder_(normalize_path(audit.root)), out_(out) {}

  void write() {
    for (const Kind kind : {Kind::kError, Kind::kWarning, Kind::kNotice}) {
      const std::vector<const Finding*> chosen = in_order(kind);
      counts_[static_cast<size_t>(kind)] = chosen.size();
      for (size_t i = 0; i < std::min(chosen.size(), kMostOfAKind); ++i) {
        annotate(kKindNames[static_cast<size_t>(kind)], *chosen[i]);
      }
    }
    sum_up();
  }

 private:
  /// One finding of each cause, in the order of the plan; what else fails by itself; what fails
  /// only because its target does.
  std::vector<const Finding*> in_order(Kind kind) const {
    std::vector<const Finding*> all;
    for (const Finding& finding : audit_.findings) {
      if (kind_of(finding) == kind) all.push_back(&finding);
    }
    std::set<const Finding*> first;
    std::set<int> causes;
    for (const Finding* finding : all) {
      if (is_victim(*finding) || finding->cause < 0) continue;
      if (causes.insert(finding->cause).second) first.insert(finding);
    }
    std::ranges::stable_sort(all, {}, [&](const Finding* finding) {
      const bool leads = first.contains(finding);
      const int rank = leads ? 0 : is_victim(*finding) ? 2 : 1;
      return std::pair(rank, leads ? finding->cause : 0);
    });
    return all;
  }

  static bool is_victim(const Finding& finding) { return finding.code == "HW141"; }

  /// Paths are those of the working folder, which is the checkout.
  void annotate(std::string_view command, const Finding& finding) {
    std::string properties;
    if (!finding.file.starts_with("{env}/") && !finding.file.starts_with("{stdlib}/")) {
      properties = "file=" + escaped_property(join_path(folder_, finding.file)) + ',';
      // Of a notebook the lines are those of a cell, not of the file.
      if (finding.line != 0 && finding.cell == 0) {
        properties += fmt::format("line={},col={},", finding.line, finding.column);
      }
    }
    std::string message = finding.message;
    if (!finding.suggestion.empty()) message += "; " + finding.suggestion;
    if (finding.cell != 0)
      message += fmt::format(" (cell {}, line {})", finding.cell, finding.line);
    if (!is_victim(finding) && finding.cause >= 0) message += blocked(finding);
    out_ += fmt::format("::{} {}title={}::{}\n", command, properties, finding.code,
                        escaped_data(message));
  }

  std::string blocked(const Finding& finding) const {
    const size_t count = audit_.causes[static_cast<size_t>(finding.cause)].blocked.size();
    return count == 0 ? ""
                      : fmt::format("; the cause blocks {}", counted(count, "module", "modules"));
  }

  /// The line is no command: nothing in it comes from the tree.
  void sum_up() {
    std::string text = counted(audit_.summary.files, "file", "files");
    constexpr std::array<std::string_view, 3> kMany = {"errors", "warnings", "notices"};
    for (size_t i = 0; i < counts_.size(); ++i) {
      text += (i == 0 ? ": " : ", ") + counted(counts_[i], kKindNames[i], kMany[i]);
      if (counts_[i] > kMostOfAKind) text += fmt::format(" ({} shown)", kMostOfAKind);
    }
    if (audit_.baseline) {
      text += fmt::format(", {} known, {} fixed", with_thousands(audit_.baseline->known),
                          with_thousands(audit_.baseline->fixed.size()));
    }
    out_ += text + '\n';
  }

  const AuditReport& audit_;
  const std::string folder_;
  std::string& out_;
  std::array<size_t, 3> counts_{};
};

}  // namespace

/// Workflow commands of GitHub Actions, which make annotations of a change.
void write_github(const AuditReport& audit, const ReportOptions&, std::string& out) {
  Annotations(audit, out).write();
}

}  // namespace headwater::report
