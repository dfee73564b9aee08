#pragma once

#include <string_view>

#include "model/name_use.h"

namespace headwater::scan {

/// Which texts of a setting's value name code.
enum class SettingShape : uint8_t {
  kTexts,  // all: the value, or the items of a list
  kByKey,  // those of tables under the keys that settings_key() has
};

/// A name that a module assigns for a library to read.
struct SettingName {
  std::string_view name;
  NameUse use;
  SettingShape shape = SettingShape::kTexts;
  /// Other libraries have settings of this name: it counts beside one that none other has.
  bool needs_company = false;
};

/// nullptr: it is none.
const SettingName* setting_named(std::string_view name);

/// What a text under `key` names, in `setting`, one of shape kByKey; false: nothing.
bool settings_key(std::string_view setting, std::string_view key, NameUse& use);

}  // namespace headwater::scan
