#pragma once

#include <string_view>

#include "scan/config/value.h"

namespace headwater::scan {

/// As configparser reads it: sections of keys, whose values may go on in indented lines. Keys are
/// kept as they are written, sections that are there twice stand twice. A table of tables of texts;
/// never fails. `separators`: the characters that end a key.
ConfigValue parse_ini(std::string_view text, std::string_view separators = "=:");

}  // namespace headwater::scan
