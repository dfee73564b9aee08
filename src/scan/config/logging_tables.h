#pragma once

#include <string_view>
#include <vector>

#include "scan/config/readers.h"
#include "scan/config/value.h"

namespace headwater::scan {

/// Whether the name of the file says that it is for logging.
bool is_logging_file(std::string_view path);

/// The classes of what `logging.config.dictConfig` takes, in any table that has its shape: a
/// `version`, and `handlers`, `formatters` or `filters`.
void add_logging_tables(const ConfigValue& document, std::vector<ConfigString>& out);

/// The classes of `[handler_x]` and `[formatter_x]`, as `logging.config.fileConfig` reads them: a
/// name without a dot is one of logging's own.
void add_logging_sections(const ConfigValue& document, std::vector<ConfigString>& out);

}  // namespace headwater::scan
