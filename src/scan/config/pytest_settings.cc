#include "scan/config/pytest_settings.h"

#include "base/text.h"

namespace headwater::scan {
namespace {

/// `-p name`, `-pname`; `-p no:name` switches one off.
void add_plugins(std::string_view options, const std::string& path, uint32_t line, uint32_t column,
                 std::vector<ConfigString>& out) {
  bool is_named = false;
  std::string text(options);
  for (char& c : text) c = c == '\n' || c == '\t' ? ' ' : c;
  for (std::string_view word : split_trimmed(text, ' ')) {
    if (word == "-p") {
      is_named = true;
      continue;
    }
    const bool is_joined = word.starts_with("-p") && !word.starts_with("--");
    if (is_joined) word.remove_prefix(2);
    // One word alone may be the name of an entry point.
    if ((is_named || is_joined) && is_dotted_name(word)) {
      out.push_back({line, column, path, std::string(word), "pytest plugin", NameUse::kModule});
    }
    is_named = false;
  }
}

}  // namespace

void add_pytest_setting(std::string_view name, std::string_view value, std::string path,
                        uint32_t line, uint32_t column, std::vector<ConfigString>& out) {
  if (name == "addopts") add_plugins(value, path, line, column, out);
  if (name == "DJANGO_SETTINGS_MODULE" && is_dotted_name(trimmed(value), true)) {
    out.push_back({line, column, std::move(path), std::string(trimmed(value)), "Django settings",
                   NameUse::kModule});
  }
}

void add_pytest_settings(const ConfigValue& document, std::vector<ConfigString>& out) {
  const ConfigValue* table = &document;
  for (const std::string_view key : {"tool", "pytest", "ini_options"}) {
    if (table != nullptr) table = table->find(key);
  }
  for (size_t i = 0; table != nullptr && i < table->keys.size(); ++i) {
    const std::string path = "tool.pytest.ini_options." + table->keys[i];
    const ConfigValue& value = table->items[i];
    std::string text = value.text;
    for (const ConfigValue& item : value.items) text += item.text + ' ';
    add_pytest_setting(table->keys[i], text, path, value.line, value.column, out);
  }
}

}  // namespace headwater::scan
