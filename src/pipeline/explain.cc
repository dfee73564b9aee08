#include "pipeline/explain.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "findings/explanations.h"
#include "findings/kinds.h"
#include "report/class_names.h"

namespace headwater::pipeline {
namespace {

using findings::FindingKind;

std::string list_of_kinds() {
  std::string text;
  for (const FindingKind& kind : findings::finding_kinds()) {
    text +=
        fmt::format("{}  {:<11}  {}\n", kind.code, report::name_of(kind.finding_class), kind.title);
  }
  return text + "\nheadwater explain CODE says more\n";
}

}  // namespace

Result<std::string> explain(const std::string& asked) {
  if (asked.empty()) return list_of_kinds();
  const auto kinds = findings::finding_kinds();
  const auto kind = std::ranges::find_if(
      kinds, [&](const auto& each) { return lowered(each.code) == lowered(asked); });
  if (kind == kinds.end()) {
    return fail(ErrorCode::kUsage, asked, "no such code; headwater explain lists all of them");
  }
  const findings::Explanation& told = findings::explanation(kind->code);
  return fmt::format("{}  {}: {}\n\n{}\n\nexample\n{}\n\nwhat to do\n{}\n", kind->code,
                     report::name_of(kind->finding_class), kind->title, told.meaning, told.example,
                     told.remedy);
}

}  // namespace headwater::pipeline
