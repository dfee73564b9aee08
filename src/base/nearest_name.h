#pragma once

#include <span>
#include <string>
#include <string_view>

namespace headwater {

/// The candidate that `name` was most likely meant to be: by the fewest insertions, deletions,
/// substitutions and swaps of neighbours, at most a third of the longer name; empty if none is so
/// near. Ties go to the first.
std::string_view nearest_name(std::string_view name, std::span<const std::string_view> candidates);

/// Whether one of these changes makes `other` of `name`, which has four bytes or more. An
/// underscore in front is no slip: both names exist for a purpose.
bool is_one_slip_away(std::string_view name, std::string_view other);

}  // namespace headwater
