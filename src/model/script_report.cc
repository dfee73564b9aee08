#include "model/script_report.h"

namespace headwater {

std::string_view name_of(ScriptVerdict verdict) {
  constexpr std::string_view kNames[] = {"remove", "archive", "refactor", "review", "keep"};
  static_assert(std::size(kNames) == kScriptVerdicts);
  return kNames[static_cast<size_t>(verdict)];
}

std::string_view name_of(ReferenceKind kind) {
  constexpr std::string_view kNames[] = {"packaging", "build",     "ci",     "hook",
                                         "container", "scheduler", "shell",  "config",
                                         "code",      "test",      "script", "docs"};
  return kNames[static_cast<size_t>(kind)];
}

}  // namespace headwater
