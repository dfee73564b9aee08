#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "scan/config/value.h"

namespace headwater::scan {

/// The documents of a YAML file, with anchors and merge keys (`<<`) followed. Nothing if it is
/// none, or nests deeper or has more values, aliases counted as what they stand for, than a
/// configuration has. Scalars are texts; those with a tag of somebody's own are not known.
std::optional<std::vector<ConfigValue>> parse_yaml(std::string_view text);

}  // namespace headwater::scan
