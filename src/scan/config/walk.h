#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "scan/config/value.h"

namespace headwater::scan {

/// Calls visit(value, key, path) for every text below `document`, in source order. `key` is that of
/// the nearest table, so that the items of a list have the list's; `path` is the whole way,
/// `model.layers[0]._target_`.
void for_each_text(const ConfigValue& document,
                   const std::function<void(const ConfigValue& value, std::string_view key,
                                            const std::string& path)>& visit);

/// The same for every table, `document` included; the path of that is empty.
void for_each_table(
    const ConfigValue& document,
    const std::function<void(const ConfigValue& table, const std::string& path)>& visit);

}  // namespace headwater::scan
