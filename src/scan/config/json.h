#pragma once

#include <optional>
#include <string_view>

#include "scan/config/value.h"

namespace headwater::scan {

/// Nothing if it is no JSON, or nests deeper or has more values than a configuration has. Comments
/// and commas behind the last item are taken as white space (JSONC).
std::optional<ConfigValue> parse_json(std::string_view text);

}  // namespace headwater::scan
