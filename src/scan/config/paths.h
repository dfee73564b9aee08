#pragma once

#include <string_view>
#include <vector>

#include "scan/config/readers.h"
#include "scan/config/value.h"

namespace headwater::scan {

/// Adds the text if it clearly is a path: `configs/train.yaml`, or an absolute one below the home
/// of somebody.
void add_path(std::string_view text, std::string key, uint32_t line, uint32_t column,
              std::vector<ConfigString>& out);

/// The same of every text of a document.
void add_paths(const ConfigValue& document, std::vector<ConfigString>& out);

}  // namespace headwater::scan
