#pragma once

#include <string_view>
#include <vector>

#include "scan/config/readers.h"
#include "scan/config/value.h"

namespace headwater::scan {

/// `tool.pytest.ini_options` of a pyproject.toml: the plugins of `addopts`, and the settings that
/// pytest-django starts Django with.
void add_pytest_settings(const ConfigValue& document, std::vector<ConfigString>& out);

/// The same of one key, which an ini file has as well.
void add_pytest_setting(std::string_view name, std::string_view value, std::string path,
                        uint32_t line, uint32_t column, std::vector<ConfigString>& out);

}  // namespace headwater::scan
