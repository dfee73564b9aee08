#include "environment/editable_finders.h"

#include <algorithm>

#include "base/paths.h"
#include "base/text.h"

namespace headwater::environment {
namespace {

/// A Python string literal of one line, as repr() writes it; advances `text` past it.
bool take_literal(std::string_view& text, std::string& out) {
  text = trimmed(text);
  if (text.empty() || (text[0] != '\'' && text[0] != '"')) return false;
  const char quote = text[0];
  out.clear();
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == quote) {
      text.remove_prefix(i + 1);
      return true;
    }
    if (text[i] == '\\') {
      // repr() escapes the quote, the backslash and what cannot be printed; no path that matters
      // has the last.
      if (++i == text.size() || (text[i] != '\\' && text[i] != '\'' && text[i] != '"'))
        return false;
    }
    out += text[i];
  }
  return false;
}

bool take(std::string_view& text, std::string_view expected) {
  text = trimmed(text);
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

/// `'path'`, or `['path', ...]`.
bool take_paths(std::string_view& text, const std::string& name,
                std::vector<EditableModule>& modules) {
  EditableModule module{name, {}};
  if (!take(text, "[")) {
    if (!take_literal(text, module.path)) return false;
    modules.push_back(std::move(module));
    return true;
  }
  while (!take(text, "]")) {
    if (!take_literal(text, module.path)) return false;
    modules.push_back(module);
    take(text, ",");
  }
  return true;
}

/// `NAME: annotation = {...}`.
bool take_dictionary(std::string_view line, std::vector<EditableModule>& modules) {
  line.remove_prefix(std::min(line.find('='), line.size()));
  if (!take(line, "=") || !take(line, "{")) return false;
  while (!take(line, "}")) {
    std::string name;
    if (!take_literal(line, name) || !take(line, ":") || !take_paths(line, name, modules)) {
      return false;
    }
    take(line, ",");
  }
  return true;
}

}  // namespace

std::vector<EditableModule> parse_editable_mapping(std::string_view finder_source) {
  std::vector<EditableModule> modules;
  for (const std::string_view line : split_lines(finder_source)) {
    const bool is_literal = line.starts_with("MAPPING") || line.starts_with("NAMESPACES");
    if (is_literal && !take_dictionary(line, modules)) return {};
  }
  return modules;
}

std::vector<EditableModule> parse_editables_redirector(std::string_view source) {
  std::vector<EditableModule> modules;
  for (std::string_view line : split_lines(source)) {
    line = trimmed(line);
    if (line.empty() || line.starts_with('#') || line == "F.install()" ||
        line == "from editables.redirector import RedirectingFinder as F") {
      continue;
    }
    EditableModule module;
    if (!take(line, "F.map_module(") || !take_literal(line, module.name) || !take(line, ",") ||
        !take_literal(line, module.path) || !take(line, ")")) {
      return {};
    }
    // The finder asks for the package's folder, or the module's file without its suffix.
    if (file_name(module.path) == "__init__.py") {
      module.path = parent_path(module.path);
    } else if (module.path.ends_with(".py")) {
      module.path.resize(module.path.size() - 3);
    }
    modules.push_back(std::move(module));
  }
  return modules;
}

}  // namespace headwater::environment
