#pragma once

#include <span>
#include <string_view>

#include "model/finding.h"

namespace headwater::findings {

/// One row per code. Numbers are never reused.
struct FindingKind {
  std::string_view code;
  std::string_view cause_kind;  // what the cause of such findings is called in reports
  FindingClass finding_class;   // before guards are looked at
  std::string_view title;
};

/// All kinds, by code.
std::span<const FindingKind> finding_kinds();

/// The row of `code`, which must exist.
const FindingKind& finding_kind(std::string_view code);

}  // namespace headwater::findings
