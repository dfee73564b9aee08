#pragma once

#include <optional>
#include <string_view>

#include "scan/config/value.h"

namespace headwater::scan {

/// Nothing if it is no TOML. Keys stand in toml++'s order, which is bytewise.
std::optional<ConfigValue> parse_toml(std::string_view text);

}  // namespace headwater::scan
