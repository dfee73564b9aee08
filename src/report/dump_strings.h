#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/named_string.h"

namespace headwater::report {

/// Appends a line for each string with what it leads to; `targets` by string. Files in `root` are
/// written relative to it.
void append_strings_json(std::string& out, std::string_view root,
                         const std::vector<NamedString>& strings,
                         const std::vector<StringTarget>& targets);

}  // namespace headwater::report
