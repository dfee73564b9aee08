#pragma once

#include <vector>

#include "findings/judge.h"

namespace headwater::findings {

/// HW501 of one project of the repository for another one's modules: they are found there, and not
/// where the first is installed by itself. Says nothing of a project that declares no requirement
/// or whose requirements code makes, and of tests, documentation and scripts.
std::vector<Judgement> undeclared_siblings(const World& world);

}  // namespace headwater::findings
