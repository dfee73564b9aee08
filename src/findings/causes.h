#pragma once

#include <string>
#include <vector>

#include "findings/judge.h"

namespace headwater::findings {

/// Puts the judged findings into `report` and groups those that raise, or may, by what one repair
/// removes: each belongs to exactly one cause. Optional ones need no repair and have none.
void group_by_cause(const World& world, const std::vector<Judgement>& judgements,
                    AuditReport& report);

}  // namespace headwater::findings
