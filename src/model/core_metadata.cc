#include "model/core_metadata.h"

#include <algorithm>

#include "base/text.h"

namespace headwater {
namespace {

/// `Name:`, of printable ASCII, as email.feedparser has it.
bool is_field(std::string_view line) {
  const size_t colon = line.find(':');
  return colon != std::string_view::npos &&
         std::ranges::all_of(line.substr(0, colon), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

MetadataFields parse_metadata(std::string_view text) {
  MetadataFields fields;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    // A line of blanks goes on with the field above. Anything else that is no field begins the
    // description, an empty line or not.
    if (line.starts_with(' ') || line.starts_with('\t')) continue;
    if (!is_field(line)) break;
    const size_t colon = line.find(':');
    const std::string key = lowered(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (key == "name" && fields.name.empty()) fields.name = value;
    if (key == "version" && fields.version.empty()) fields.version = value;
    if (key == "requires-dist") fields.requires_dist.emplace_back(value);
    if (key == "import-name" || key == "import-namespace") {
      fields.has_import_names = true;
      const std::string_view name = trimmed(value.substr(0, value.find(';')));
      if (name.empty()) continue;
      fields.import_names.emplace_back(name);
      if (key == "import-name") fields.modules.emplace_back(name);
    }
  }
  return fields;
}

}  // namespace headwater
