#pragma once

#include <span>
#include <vector>

#include "model/named_string.h"
#include "resolve/symbols.h"
#include "resolve/world.h"

namespace headwater::resolve {

/// What strings lead to, each by the search path of its viewer. `asked` as ResolveOptions has it:
/// those of other viewers stay unknown.
std::vector<StringTarget> resolve_strings(const World& world, const Symbols& symbols,
                                          std::span<const NamedString> strings,
                                          const std::vector<bool>& asked);

}  // namespace headwater::resolve
