#include "report/reporter.h"

namespace headwater::report {

std::span<const Reporter> reporters() {
  static constexpr Reporter kReporters[] = {
      {"text", write_text},        {"concise", write_concise},   {"json", write_json},
      {"jsonl", write_json_lines}, {"markdown", write_markdown}, {"github", write_github},
  };
  return kReporters;
}

}  // namespace headwater::report
