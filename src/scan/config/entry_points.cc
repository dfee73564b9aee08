#include "scan/config/entry_points.h"

#include "base/text.h"

namespace headwater::scan {
namespace {

const ConfigValue* at_path(const ConfigValue& document, std::string_view path) {
  const ConfigValue* value = &document;
  for (size_t begin = 0; value != nullptr && begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    value = value->find(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return value;
}

std::string dotted_key(std::string_view path) {
  std::string key(path);
  for (char& c : key) c = c == '/' ? '.' : c;
  return key;
}

void add_table(const ConfigValue* table, const std::string& key, std::vector<ConfigString>& out) {
  if (table == nullptr || !table->is_table()) return;
  for (size_t i = 0; i < table->items.size(); ++i) {
    const ConfigValue& value = table->items[i];
    const std::string own = key + '.' + table->keys[i];
    if (value.is_text()) add_entry_point(value.text, own, value.line, value.column, out);
    // Poetry takes a table, too: {reference = "a.b:c", type = "console"}.
    const ConfigValue* const reference = value.find("reference");
    const ConfigValue* const type = value.find("type");
    const bool is_file = type != nullptr && type->text == "file";
    if (reference != nullptr && reference->is_text() && !is_file) {
      add_entry_point(reference->text, own + ".reference", reference->line, reference->column, out);
    }
  }
}

/// setuptools reads a version or a description from an attribute of a module.
void add_attributes(const ConfigValue* table, std::vector<ConfigString>& out) {
  if (table == nullptr || !table->is_table()) return;
  for (size_t i = 0; i < table->items.size(); ++i) {
    const ConfigValue* const attribute = table->items[i].find("attr");
    if (attribute == nullptr || !is_dotted_name(attribute->text)) continue;
    out.push_back({attribute->line, attribute->column,
                   "tool.setuptools.dynamic." + table->keys[i] + ".attr", attribute->text,
                   "setuptools", NameUse::kObject});
  }
}

}  // namespace

void add_project_entry_points(const ConfigValue& document, std::vector<ConfigString>& out) {
  for (const std::string_view path :
       {"project/scripts", "project/gui-scripts", "tool/poetry/scripts", "tool/flit/scripts"}) {
    add_table(at_path(document, path), dotted_key(path), out);
  }
  for (const std::string_view path : {"project/entry-points", "tool/poetry/plugins"}) {
    const ConfigValue* const groups = at_path(document, path);
    for (size_t i = 0; groups != nullptr && i < groups->keys.size(); ++i) {
      add_table(&groups->items[i], dotted_key(path) + '.' + groups->keys[i], out);
    }
  }
  add_attributes(at_path(document, "tool/setuptools/dynamic"), out);
}

void add_entry_point(std::string_view value, std::string key, uint32_t line, uint32_t column,
                     std::vector<ConfigString>& out) {
  std::string_view name = trimmed(value.substr(0, value.find('[')));
  const size_t colon = name.find(':');
  const std::string_view module = trimmed(name.substr(0, colon));
  std::string written(module);
  if (colon != std::string_view::npos) {
    const std::string_view attribute = trimmed(name.substr(colon + 1));
    if (!is_dotted_name(attribute, true)) return;
    written.append(1, ':').append(attribute);
  }
  if (!is_dotted_name(module, true)) return;
  const NameUse use = colon == std::string_view::npos ? NameUse::kModule : NameUse::kObject;
  out.push_back({line, column, std::move(key), std::move(written), "entry point", use});
}

}  // namespace headwater::scan
