#pragma once

#include <vector>

#include "findings/judge.h"
#include "findings/world.h"

namespace headwater::findings {

/// The files that do not compile, or not by the environment's Python: one judgement of the whole
/// file each, by FileId.
std::vector<Judgement> judge_syntax(const World& world);

}  // namespace headwater::findings
