#pragma once

#include <span>
#include <string_view>

#include "model/script_report.h"

namespace headwater::scripts_audit {

struct Situation;

/// A row of the table by which verdicts are given: the first one that applies decides.
struct Rule {
  std::string_view name;  // stable: reports have it
  ScriptVerdict verdict;
  std::string_view confidence;
  bool (*applies)(const Situation& situation);
  std::string_view question;  // of kReview
  std::string_view why;       // why the rule is right
};

/// In the order in which they are asked. The last one always applies.
std::span<const Rule> rules();

/// Gives each script its verdict, and counts them. What only other scripts use goes with those.
void judge(ScriptsReport& report);

}  // namespace headwater::scripts_audit
