#pragma once

#include <string>
#include <vector>

#include "findings/judge.h"

namespace headwater::findings {

/// The causes that the judgements are due to, by code and subject: what one repair removes is one
/// cause. Each judgement gets the number of its cause; optional ones too, since whether the guard
/// holds is seen only by going through the module.
std::vector<Cause> number_causes(const World& world, std::vector<Judgement>& judgements);

}  // namespace headwater::findings
