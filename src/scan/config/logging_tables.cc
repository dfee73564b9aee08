#include "scan/config/logging_tables.h"

#include <array>

#include "base/paths.h"
#include "scan/config/walk.h"

namespace headwater::scan {
namespace {

constexpr std::array<std::string_view, 3> kParts = {"handlers", "formatters", "filters"};

void add(const ConfigValue* value, std::string key, std::vector<ConfigString>& out) {
  if (value == nullptr || !is_dotted_name(value->text)) return;
  out.push_back(
      {value->line, value->column, std::move(key), value->text, "logging", NameUse::kObject});
}

}  // namespace

bool is_logging_file(std::string_view path) {
  const std::string_view name = file_name(path);
  return name.find("logging") != std::string_view::npos ||
         name.find("log_config") != std::string_view::npos || name.starts_with("log-config");
}

void add_logging_tables(const ConfigValue& document, std::vector<ConfigString>& out) {
  for_each_table(document, [&](const ConfigValue& table, const std::string& path) {
    if (table.find("version") == nullptr) return;
    const std::string before = path.empty() ? "" : path + '.';
    for (const std::string_view part : kParts) {
      const ConfigValue* const group = table.find(part);
      for (size_t i = 0; group != nullptr && i < group->keys.size(); ++i) {
        const std::string key = before + std::string(part) + '.' + group->keys[i];
        for (const std::string_view name : {"class", "()"}) {
          add(group->items[i].find(name), key + '.' + std::string(name), out);
        }
      }
    }
  });
}

void add_logging_sections(const ConfigValue& document, std::vector<ConfigString>& out) {
  if (document.find("loggers") == nullptr || document.find("handlers") == nullptr) return;
  for (size_t i = 0; i < document.keys.size(); ++i) {
    const std::string& name = document.keys[i];
    if (!name.starts_with("handler_") && !name.starts_with("formatter_")) continue;
    const ConfigValue* const written = document.items[i].find("class");
    // Evaluated in logging's namespace first, which has `handlers`.
    if (written != nullptr && !written->text.starts_with("handlers.")) {
      add(written, name + ".class", out);
    }
  }
}

}  // namespace headwater::scan
