#pragma once

#include <string_view>
#include <vector>

#include "scan/config/readers.h"
#include "scan/config/value.h"

namespace headwater::scan {

/// Of a pyproject.toml: `project.scripts`, `project.entry-points`, and the keys of Poetry and
/// setuptools that say the same.
void add_project_entry_points(const ConfigValue& document, std::vector<ConfigString>& out);

/// One value of an entry point (packaging.python.org, "Entry points specification"): `a.b:c.d [x]`.
/// `text` may hold several lines `name = value`, as setup.cfg has them below a group; `line` is
/// that of the first one.
void add_entry_point(std::string_view value, std::string key, uint32_t line, uint32_t column,
                     std::vector<ConfigString>& out);

}  // namespace headwater::scan
