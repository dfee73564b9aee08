#pragma once

#include <span>
#include <vector>

#include "scan/config/readers.h"
#include "scan/config/value.h"

namespace headwater::scan {

/// Whether the text has one of the keys anywhere: the parse is spared where it has not.
bool mentions_own_key(const ConfigSource& source);

/// The texts below `document` whose key is one of `keys`, if they have the shape of what is meant.
void add_own_keys(const ConfigValue& document, std::span<const OwnStringKey> keys,
                  std::vector<ConfigString>& out);

}  // namespace headwater::scan
