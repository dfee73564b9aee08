#include <fmt/format.h>

#include <array>
#include <map>

#include "report/printable.h"
#include "report/triage_report.h"

namespace headwater::report {
namespace {

constexpr TriageReporter kReporters[] = {
    {"text", write_triage_text}, {"json", write_triage_json}, {"markdown", write_triage_markdown}};

constexpr std::array<std::string_view, kTriageClasses> kNames = {
    "fault", "environment", "cascade", "optional", "deferred", "works", "stale", "unknown"};

}  // namespace

std::span<const TriageReporter> triage_reporters() { return kReporters; }

std::string_view name_of(TriageClass value) { return kNames[static_cast<size_t>(value)]; }

std::string class_sum(const TriageReport& triage) {
  std::string sum;
  for (size_t i = 0; i < kTriageClasses; ++i) {
    if (triage.by_class[i] == 0) continue;
    sum += fmt::format("{}{} {}", sum.empty() ? "" : " + ", with_thousands(triage.by_class[i]),
                       kNames[i]);
  }
  return sum;
}

std::string triage_totals(const TriageReport& triage) {
  const uint64_t about = triage.entries();
  const uint64_t others = triage.others();
  std::string text = counted(about + others, "entry", "entries");
  if (others != 0) {
    text += fmt::format(" = {} about imports + {} about no import", with_thousands(about),
                        with_thousands(others));
  }
  if (!triage.imports.empty()) {
    text += fmt::format("; {} = {}", counted(triage.imports.size(), "import", "imports"),
                        class_sum(triage));
  }
  return text;
}

std::string of_other_files(const TriageReport& triage) {
  std::string names;
  for (const TriagedReport& report : triage.reports) {
    if (report.is_of_other_files) {
      names += fmt::format("{}{}", names.empty() ? "" : ", ", printable(report.name));
    }
  }
  if (names.empty()) return {};
  return fmt::format("No file of {} is here: name the folder of the repository that it is of.",
                     names);
}

std::string said_by(const TriagedImport& import) {
  std::map<std::string_view, uint64_t> tools;
  for (const ToolWords& words : import.said) tools[words.tool] += words.times;
  std::string text;
  for (const auto& [tool, times] : tools) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", tool);
    if (times > 1) text += fmt::format(" ({} times)", with_thousands(times));
  }
  return text;
}

}  // namespace headwater::report
