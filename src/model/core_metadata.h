#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headwater {

/// The header fields of a METADATA or PKG-INFO that matter here.
struct MetadataFields {
  std::string name;
  std::string version;
  std::vector<std::string> requires_dist;  // as written
  std::vector<std::string> import_names;   // PEP 794, namespaces included; without `; private`
  std::vector<std::string> modules;        // of these, without the namespaces
  bool has_import_names = false;           // an empty Import-Name says that there are none
};

/// As email.feedparser reads it, which importlib.metadata goes by.
MetadataFields parse_metadata(std::string_view text);

}  // namespace headwater
