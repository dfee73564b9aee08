#pragma once

#include <vector>

#include "findings/judge.h"

namespace headwater::findings {

/// HW501 to HW505: what each project declares against what its files import. Says nothing where it
/// would have to guess: without an environment, for a distribution whose import names no metadata
/// tells, for a name that several distributions provide, for a project whose requirements code
/// makes.
std::vector<Judgement> declared_against_used(const World& world);

}  // namespace headwater::findings
