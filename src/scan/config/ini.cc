#include "scan/config/ini.h"

#include "base/paths.h"
#include "base/text.h"
#include "scan/config/entry_points.h"
#include "scan/config/logging_tables.h"
#include "scan/config/own_keys.h"
#include "scan/config/paths.h"
#include "scan/config/pytest_settings.h"
#include "scan/config/readers.h"

namespace headwater::scan {
namespace {

using Kind = ConfigValue::Kind;

ConfigValue& add(ConfigValue& table, std::string_view key, Kind kind, uint32_t line) {
  table.keys.emplace_back(key);
  return table.items.emplace_back(ConfigValue{kind, line, 1});
}

/// Lines `name = value` below a group of entry points, the first of which may stand behind the `=`.
void add_group(const ConfigValue& group, const std::string& key, std::vector<ConfigString>& out) {
  uint32_t line = group.line;
  for (const std::string_view text : split_lines(group.text)) {
    const size_t equals = text.find('=');
    if (equals != std::string_view::npos) {
      add_entry_point(text.substr(equals + 1),
                      key + '.' + std::string(trimmed(text.substr(0, equals))), line, 1, out);
    }
    ++line;
  }
}

/// `script_location` of alembic: a folder, also below that of the file, or one in a package.
void add_script_location(const ConfigValue& value, std::string path,
                         std::vector<ConfigString>& out) {
  constexpr std::string_view kHere = "%(here)s/";
  std::string_view location = value.text;
  const size_t colon = location.find(':');
  const bool is_in_package = is_dotted_name(location.substr(0, colon), true);
  if (colon != std::string_view::npos && is_in_package) {
    out.push_back({value.line, 1, std::move(path), std::string(location.substr(0, colon)),
                   "alembic", NameUse::kModule});
    return;
  }
  if (location.starts_with(kHere)) location.remove_prefix(kHere.size());
  if (location.empty() || location.starts_with('/') || is_template(location)) return;
  out.push_back({value.line, 1, std::move(path), std::string(location), "alembic", NameUse::kPath});
}

void add_section(std::string_view file, const std::string& name, const ConfigValue& section,
                 std::vector<ConfigString>& out) {
  const bool is_pytest = name == "tool:pytest" || (name == "pytest" && file != "setup.cfg");
  const bool is_entry_points = file == "entry_points.txt";
  for (size_t i = 0; i < section.keys.size(); ++i) {
    const ConfigValue& value = section.items[i];
    std::string path = name + '.' + section.keys[i];
    if (is_pytest) {
      add_pytest_setting(section.keys[i], value.text, path, value.line, 1, out);
    } else if (is_entry_points) {
      add_entry_point(value.text, std::move(path), value.line, 1, out);
    } else if (file == "setup.cfg" && name == "options.entry_points") {
      add_group(value, path, out);
    } else if (file == "alembic.ini" && section.keys[i] == "script_location") {
      add_script_location(value, std::move(path), out);
    }
  }
}

}  // namespace

ConfigValue parse_ini(std::string_view text, std::string_view separators) {
  ConfigValue document{Kind::kTable, 1, 1};
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  ConfigValue* value = nullptr;
  uint32_t line = 0, value_ends = 0;
  size_t count = 0;
  for (const std::string_view row : split_lines(text)) {
    ++line;
    const std::string_view content = trimmed(row);
    if (content.empty() || content.starts_with('#') || content.starts_with(';')) continue;
    const bool is_indented = row.front() == ' ' || row.front() == '\t';
    if (is_indented && value != nullptr) {
      // So that the value's lines count as the file's do.
      for (; value_ends < line; ++value_ends) value->text += '\n';
      value->text += content;
      continue;
    }
    value = nullptr;
    if (++count > kMostConfigValues) break;
    if (content.front() == '[' && content.back() == ']') {
      add(document, content.substr(1, content.size() - 2), Kind::kTable, line);
      continue;
    }
    const size_t separator = content.find_first_of(separators);
    if (separator == std::string_view::npos || document.items.empty()) continue;
    value = &add(document.items.back(), trimmed(content.substr(0, separator)), Kind::kText, line);
    value->text = trimmed(content.substr(separator + 1));
    value_ends = line;
  }
  return document;
}

void read_ini_strings(const ConfigSource& source, std::vector<ConfigString>& out) {
  const std::string_view file = file_name(source.path);
  const ConfigValue document = parse_ini(source.text, file == "entry_points.txt" ? "=" : "=:");
  for (size_t i = 0; i < document.keys.size(); ++i) {
    add_section(file, document.keys[i], document.items[i], out);
  }
  add_logging_sections(document, out);
  add_own_keys(document, source.own_keys, out);
  if (source.wants_paths) add_paths(document, out);
}

}  // namespace headwater::scan
