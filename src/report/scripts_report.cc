#include "report/scripts_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/paths.h"
#include "report/printable.h"
#include "report/shell_word.h"

namespace headwater::report {
namespace {

/// Without `-v`, so many scripts of a verdict: all of it is to fit on one screen.
constexpr size_t kShown = 4;
constexpr size_t kNarrowest = 50;
/// Where what is archived goes.
constexpr std::string_view kArchive = "archive/";

/// `git rm`, or `rm` where there is no git.
std::string command(const ScriptsReport& report, std::string_view name) {
  if (!report.history.missing.empty()) return std::string(name);
  return report.root == "." ? fmt::format("git {}", name)
                            : fmt::format("git -C {} {}", shell_word(report.root), name);
}

/// A path as the command takes it: git's are relative to where it runs.
std::string argument(const ScriptsReport& report, const std::string& path) {
  const bool is_git = report.history.missing.empty();
  return shell_word(is_git || report.root == "." ? path : join_path(report.root, path));
}

class ScriptsText {
 public:
  ScriptsText(const ScriptsReport& report, const ReportOptions& options, std::string& out)
      : report_(report),
        options_(options),
        width_(std::max<size_t>(options.width, kNarrowest)),
        out_(out) {}

  void write() {
    if (report_.scripts.empty()) {
      line(0, "No stand-alone script: every file is in a package, a test, or run by a tool.");
      return;
    }
    if (options_.detail != Detail::kSummary) {
      for (size_t i = 0; i < kScriptVerdicts; ++i) section(static_cast<ScriptVerdict>(i));
      history();
    }
    totals();
    if (options_.detail != Detail::kSummary) next();
  }

 private:
  bool everything() const { return options_.detail == Detail::kEverything; }

  void line(size_t indent, std::string_view text) {
    bool is_first = true;
    for (const std::string& part : wrapped(text, width_ - indent - (is_first ? 0 : 2))) {
      out_.append(indent + (is_first ? 0 : 2), ' ').append(part) += '\n';
      is_first = false;
    }
  }

  void section(ScriptVerdict verdict) {
    const uint64_t count = report_.counts[static_cast<size_t>(verdict)];
    const bool is_left_out = verdict == ScriptVerdict::kKeep && !everything();
    if (count == 0 || is_left_out) return;
    out_ += fmt::format("{} {}\n", name_of(verdict), count);
    size_t entries = 0;
    size_t shown = 0;
    std::vector<bool> is_done(report_.scripts.size());
    for (size_t i = 0; i < report_.scripts.size(); ++i) {
      if (report_.scripts[i].verdict != verdict || is_done[i]) continue;
      if (!everything() && entries++ == kShown) break;
      const size_t alike = everything() ? 0 : mark_alike(i, is_done);
      entry(report_.scripts[i], alike);
      shown += 1 + alike;
    }
    if (shown < count) line(2, fmt::format("and {} more (-v shows all)", count - shown));
    out_ += '\n';
  }

  /// Scripts behind the one that one line asks the same question of: how many.
  size_t mark_alike(size_t first, std::vector<bool>& is_done) const {
    const JudgedScript& script = report_.scripts[first];
    if (script.question.empty() || script.evidence.references.empty()) return 0;
    size_t alike = 0;
    for (size_t i = first + 1; i < report_.scripts.size(); ++i) {
      const JudgedScript& other = report_.scripts[i];
      const bool is_alike =
          other.rule == script.rule && !other.evidence.references.empty() &&
          other.evidence.references.front().place == script.evidence.references.front().place;
      if (!is_alike) continue;
      is_done[i] = true;
      ++alike;
    }
    return alike;
  }

  /// `alike`: so many others, of which the same can be said.
  void entry(const JudgedScript& script, size_t alike) {
    const std::string others = alike == 0 ? "" : fmt::format(" and {} more like it", alike);
    line(2, fmt::format("{}{}  {}", printable(script.path), others, script.confidence));
    line(4, printable(script.reason));
    if (!script.question.empty()) line(4, script.question);
    if (everything()) evidence(script.evidence);
  }

  void evidence(const ScriptEvidence& evidence) {
    for (const ScriptReference& reference : evidence.references) {
      line(6, fmt::format("{} {}:{} {}{}", name_of(reference.kind), printable(reference.place.file),
                          reference.place.line, printable(reference.text),
                          reference.is_certain ? "" : " (may mean it)"));
    }
    for (const ScriptFault& fault : evidence.faults) {
      line(6, fmt::format("fault {} line {}: {}", fault.code, fault.place.line,
                          printable(fault.message)));
    }
    if (evidence.other_failures != 0) {
      line(6, fmt::format("{} for the environment or a fault elsewhere, which says nothing of it",
                          counted(evidence.other_failures, "import fails", "imports fail")));
    }
    if (evidence.history && evidence.history->commits != 0) history_of(*evidence.history);
    if (evidence.measures) measures(*evidence.measures);
  }

  void history_of(const FileHistory& history) {
    line(6,
         fmt::format("git {}, {} of them mass commits, {} to {}, {}",
                     counted(history.commits, "commit", "commits"), history.mass, history.first_day,
                     history.last_day, counted(history.authors, "author", "authors")));
  }

  void measures(const CodeMeasures& measures) {
    line(6, fmt::format("code {}, {}, {}, {}, nesting {}, cyclomatic {}, cognitive {}",
                        counted(measures.lines, "line", "lines"),
                        counted(measures.functions, "function", "functions"),
                        counted(measures.classes, "class", "classes"),
                        counted(measures.imports, "import", "imports"), measures.nesting,
                        measures.cyclomatic, measures.cognitive));
  }

  void history() {
    const HistoryScope& scope = report_.history;
    if (!scope.missing.empty()) {
      return line(
          0, fmt::format("No history, so nothing is said of ages: {}", printable(scope.missing)));
    }
    std::string text = fmt::format("history: {} up to {}, {} of them mass commits",
                                   counted(scope.commits, "commit", "commits"), scope.newest_day,
                                   with_thousands(scope.mass_commits));
    if (!scope.cut_because.empty()) text += "; " + scope.cut_because;
    line(0, text);
  }

  void totals() {
    std::string parts;
    for (size_t i = 0; i < kScriptVerdicts; ++i) {
      if (report_.counts[i] == 0) continue;
      parts += fmt::format("{}{} {}", parts.empty() ? "" : " + ", with_thousands(report_.counts[i]),
                           name_of(static_cast<ScriptVerdict>(i)));
    }
    line(0, fmt::format("{} = {}", counted(report_.scripts.size(), "script", "scripts"), parts));
  }

  /// What to type: one command if it is short, else where to get them.
  void next() {
    std::string words;
    for (const JudgedScript& script : report_.scripts) {
      if (script.verdict == ScriptVerdict::kRemove) words += ' ' + argument(report_, script.path);
    }
    const bool is_plan =
        report_.counts[static_cast<size_t>(ScriptVerdict::kArchive)] != 0 || words.size() > width_;
    if (words.empty() && !is_plan) return;
    if (!is_plan) {
      out_ += fmt::format("next: {}{}\n", command(report_, "rm"), printable(words));
      return;
    }
    out_ += fmt::format("next: headwater scripts --plan{}{}\n",
                        options_.arguments.empty() ? "" : " ", options_.arguments);
  }

  const ScriptsReport& report_;
  const ReportOptions& options_;
  const size_t width_;
  std::string& out_;
};

void write_text(const ScriptsReport& report, const ReportOptions& options, std::string& out) {
  ScriptsText(report, options, out).write();
}

constexpr ScriptsReporter kReporters[] = {
    {"text", write_text},
    {"json", write_scripts_json},
    {"markdown", write_scripts_markdown},
};

}  // namespace

std::span<const ScriptsReporter> scripts_reporters() { return kReporters; }

void write_scripts_plan(const ScriptsReport& report, std::string& out) {
  std::string made;  // the folder that was made last
  for (const JudgedScript& script : report.scripts) {
    const std::string why = printable(script.reason);
    if (script.verdict == ScriptVerdict::kRemove) {
      out += fmt::format("# {}: {}\n{} {}\n", script.confidence, why, command(report, "rm"),
                         argument(report, script.path));
    } else if (script.verdict == ScriptVerdict::kArchive) {
      const std::string target = std::string(kArchive) + script.path;
      const std::string folder = target.substr(0, target.rfind('/'));
      const std::string below = report.root == "." ? folder : join_path(report.root, folder);
      out += fmt::format("# {}: {}\n", script.confidence, why);
      if (folder != made) out += fmt::format("mkdir -p {}\n", shell_word(below));
      out += fmt::format("{} {} {}\n", command(report, "mv"), argument(report, script.path),
                         argument(report, target));
      made = folder;
    }
  }
}

}  // namespace headwater::report
