#pragma once

#include <span>
#include <vector>

#include "model/named_string.h"
#include "resolve/symbols.h"
#include "resolve/trace.h"
#include "resolve/world.h"

namespace headwater::resolve {

/// What strings, which are in the order of their files, lead to, each by the search path of its
/// viewer. `asked` as ResolveOptions has it: those of other viewers stay unknown. `traced` gets
/// what each file of them has asked for.
std::vector<StringTarget> resolve_strings(const World& world, const Symbols& symbols,
                                          std::span<const NamedString> strings,
                                          const std::vector<bool>& asked,
                                          std::vector<TracedStrings>& traced);

/// The same as resolve_strings() of everything, by what it made of the strings of a tree in which
/// only the contents of `changed` were others.
std::vector<StringTarget> resolve_strings_again(const World& world, const Symbols& symbols,
                                                std::span<const NamedString> strings,
                                                std::vector<StringTarget> before,
                                                const std::vector<TracedStrings>& traced,
                                                const std::vector<uint32_t>& changed);

}  // namespace headwater::resolve
