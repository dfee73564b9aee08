#pragma once

#include <map>
#include <string>
#include <string_view>

namespace headwater::project {

/// Section, then key, to value; as configparser reads setup.cfg and pytest.ini: keys are lowered,
/// lines that are indented continue a value, `#` and `;` begin a comment line. Never fails: what is
/// no assignment is left out.
using IniFile = std::map<std::string, std::map<std::string, std::string>>;

IniFile parse_ini(std::string_view text);

/// "" where there is none.
std::string_view ini_value(const IniFile& file, const std::string& section, const std::string& key);

}  // namespace headwater::project
