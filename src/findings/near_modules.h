#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "findings/world.h"

namespace headwater::findings {

/// Which module may have been meant by `missing`, a dotted name whose last part is not in the
/// package `parent`: one there whose name is one slip of the keyboard away. A clause for people;
/// empty where there is none, or more than two.
std::string near_module(const World& world, const Module& parent, std::string_view missing);

/// The same of a top-level name, among those of the repository, of what is installed, of the
/// standard library and of well-known distributions.
std::string near_top_level(const World& world, std::string_view missing);

/// Which name of the module that `file` is may have been meant, with its place.
std::string near_name(const World& world, uint32_t file, std::string_view name);

}  // namespace headwater::findings
