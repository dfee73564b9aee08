// Any bytes as JSON with comments, TOML, INI and commands: the readers end, and name places in the
// text.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "scan/config/json.h"
#include "scan/config/readers.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = static_cast<uint32_t>(std::count(text.begin(), text.end(), '\n') +
                                           std::count(text.begin(), text.end(), '\r')) +
                     1;
  const std::vector<headwater::OwnStringKey> keys = {{"a", headwater::NameUse::kObject},
                                                     {"b", headwater::NameUse::kPath}};
  for (const std::string_view path :
       {"logging.json", "pyproject.toml", "setup.cfg", "entry_points.txt", "Makefile"}) {
    for (const auto& string : headwater::scan::read_config_strings({path, text, keys})) {
      if (string.line == 0 || string.line > lines || string.column == 0) std::abort();
    }
  }
  headwater::scan::parse_json(text);
  return 0;
}
