#include <fmt/format.h>

#include "report/markup.h"
#include "report/printable.h"
#include "report/scripts_report.h"

namespace headwater::report {
namespace {

void add_verdict(const ScriptsReport& report, ScriptVerdict verdict, std::string& out) {
  const uint64_t count = report.counts[static_cast<size_t>(verdict)];
  if (count == 0) return;
  const bool asks = verdict == ScriptVerdict::kReview;
  out += fmt::format("\n## {} ({})\n\n| script | confidence | why |{}\n|---|---|---|{}\n",
                     name_of(verdict), with_thousands(count), asks ? " question |" : "",
                     asks ? "---|" : "");
  for (const JudgedScript& script : report.scripts) {
    if (script.verdict != verdict) continue;
    out += fmt::format("| {} | {} | {} |", code(script.path), script.confidence,
                       escaped(script.reason));
    if (asks) out += fmt::format(" {} |", escaped(script.question));
    out += '\n';
  }
}

}  // namespace

void write_scripts_markdown(const ScriptsReport& report, const ReportOptions&, std::string& out) {
  out += "# Stand-alone scripts\n\n";
  out += "| verdict | scripts |\n|---|---|\n";
  for (size_t i = 0; i < kScriptVerdicts; ++i) {
    out += fmt::format("| {} | {} |\n", name_of(static_cast<ScriptVerdict>(i)),
                       with_thousands(report.counts[i]));
  }
  out += fmt::format("| all | {} |\n\n", with_thousands(report.scripts.size()));
  const HistoryScope& scope = report.history;
  if (!scope.missing.empty()) {
    out += fmt::format("No history, so nothing is said of ages: {}.\n", escaped(scope.missing));
  } else {
    out += fmt::format("Ages are counted to {}, the day of the newest of {}{}{}.\n",
                       scope.newest_day, counted(scope.commits, "commit", "commits"),
                       scope.cut_because.empty() ? "" : "; ", escaped(scope.cut_because));
  }
  for (size_t i = 0; i < kScriptVerdicts; ++i) {
    add_verdict(report, static_cast<ScriptVerdict>(i), out);
  }
}

}  // namespace headwater::report
