#pragma once

#include <vector>

#include "findings/find.h"

namespace headwater::findings {

/// Adds the statements of installed modules that fail by themselves, with their causes: what is
/// missing is a requirement of the distribution that asks for it, or a part of a damaged one.
/// Anything else that is not found there is undecided where its statement certainly runs; elsewhere
/// what is installed is taken to work.
void add_installed_failures(const World& world, std::vector<Judgement>& judgements,
                            std::vector<DirectFailure>& undecided);

/// Distributions that have lost files of which it is not known whether anybody asks for them, each
/// as a clause; sorted.
std::vector<std::string> distributions_in_doubt(const World& main);

}  // namespace headwater::findings
