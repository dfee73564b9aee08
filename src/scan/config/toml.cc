#include "scan/config/toml.h"

#include <toml++/toml.h>

#include "scan/config/entry_points.h"
#include "scan/config/own_keys.h"
#include "scan/config/paths.h"
#include "scan/config/pytest_settings.h"
#include "scan/config/readers.h"

namespace headwater::scan {
namespace {

class Converter {
 public:
  ConfigValue convert(const toml::node& node, size_t depth) {
    ConfigValue value;
    value.line = node.source().begin.line;
    value.column = node.source().begin.column;
    if (depth == kMostConfigDepth || ++count_ > kMostConfigValues) return value;
    if (const toml::table* table = node.as_table()) {
      value.kind = ConfigValue::Kind::kTable;
      for (const auto& [key, of_key] : *table) {
        value.keys.emplace_back(key.str());
        value.items.push_back(convert(of_key, depth + 1));
      }
    } else if (const toml::array* array = node.as_array()) {
      value.kind = ConfigValue::Kind::kList;
      for (const toml::node& item : *array) value.items.push_back(convert(item, depth + 1));
    } else if (const auto text = node.value_exact<std::string>()) {
      value.kind = ConfigValue::Kind::kText;
      value.text = *text;
    }
    return value;
  }

 private:
  size_t count_ = 0;
};

}  // namespace

std::optional<ConfigValue> parse_toml(std::string_view text) {
  try {
    return Converter().convert(toml::parse(text), 0);
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

void read_toml_strings(const ConfigSource& source, std::vector<ConfigString>& out) {
  const auto document = parse_toml(source.text);
  if (!document) return;
  if (source.path.ends_with("pyproject.toml")) {
    add_project_entry_points(*document, out);
    add_pytest_settings(*document, out);
  }
  add_own_keys(*document, source.own_keys, out);
  if (source.wants_paths) add_paths(*document, out);
}

}  // namespace headwater::scan
