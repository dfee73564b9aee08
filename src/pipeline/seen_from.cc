#include "pipeline/seen_from.h"

#include <string_view>
#include <utility>

namespace headwater::pipeline {

std::string seen_from(const std::string& root, std::string text) {
  constexpr std::string_view kBeforeAPath = " '\"(=,;:";
  const std::string prefix = root + '/';
  for (size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
    const bool begins = at == 0 || kBeforeAPath.find(text[at - 1]) != std::string_view::npos;
    if (begins) {
      text.erase(at, prefix.size());
    } else {
      at += prefix.size();  // the end of a longer path that has the same names in it
    }
  }
  return text;
}

void see_environments_from(const std::string& root, AuditReport& report) {
  report.environment_path = seen_from(root, std::move(report.environment_path));
  report.environment_why = seen_from(root, std::move(report.environment_why));
  for (ReportedEnvironment& own : report.project_environments) {
    own.path = seen_from(root, std::move(own.path));
  }
}

}  // namespace headwater::pipeline
