#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "model/finding.h"

namespace headwater::report {

/// Findings that a person reads as one: those of a direct cause, or one that has none.
struct CauseGroup {
  std::string code;
  std::string title;
  std::string repair;
  FindingClass finding_class;
  std::vector<const Finding*> findings;  // never empty; by place
  size_t blocked_modules = 0;
};

/// The groups of one class, those that block most first. Every finding of the class is in exactly
/// one, so that counts over groups add up to the class's count.
std::vector<CauseGroup> groups_of(const AuditReport& audit, FindingClass finding_class);

/// By FindingClass: how many findings each has.
std::array<uint64_t, 6> class_counts(const AuditReport& audit);

}  // namespace headwater::report
