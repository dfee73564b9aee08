#include "triage/statements.h"

#include <algorithm>

#include "base/paths.h"
#include "base/text.h"

namespace headwater::triage {
namespace {

/// Whether one is the other, or stands before a dot in it.
bool is_prefix(std::string_view prefix, std::string_view name) {
  return name.starts_with(prefix) && (name.size() == prefix.size() || name[prefix.size()] == '.');
}

bool imports_name(const FileFacts& facts, const Import& import, std::string_view name) {
  const auto names = facts.imported_names().subspan(import.first_name, import.name_count);
  return std::ranges::any_of(names, [&](const ImportedName& one) {
    return facts.name(one.name) == name || facts.name(one.name) == "*";
  });
}

std::string without_spaces(std::string_view text) {
  std::string packed;
  for (const char c : text) {
    if (c != ' ' && c != '\t') packed += c;
  }
  return packed;
}

}  // namespace

void Statements::open(uint32_t file) {
  if (open_ == file) return;
  open_ = file;
  auto text = files_.read(join_path(tree_.root, tree_.files[file].path));
  text_ = text ? *std::move(text) : std::string();
}

bool Statements::covers(const Import& import, uint32_t line) const {
  if (line < import.line) return false;
  if (line == import.line) return true;
  if (import.end > text_.size()) return false;
  const std::string_view text =
      std::string_view(text_).substr(import.offset, import.end - import.offset);
  return line - import.line <= static_cast<size_t>(std::ranges::count(text, '\n'));
}

uint32_t Statements::at(uint32_t file, uint32_t line, const ToolEntry& entry) {
  open(file);
  const auto imports = scanned_.facts[file].imports();
  for (uint32_t i = 0; i < imports.size() && imports[i].line <= line; ++i) {
    if (covers(imports[i], line) && says(file, i, entry)) return i;
  }
  return kNothing;
}

uint32_t Statements::anywhere(uint32_t file, const ToolEntry& entry) const {
  uint32_t found = kNothing;
  for (uint32_t i = 0; i < scanned_.facts[file].imports().size(); ++i) {
    if (!says(file, i, entry)) continue;
    if (found != kNothing) return kNothing;
    found = i;
  }
  return found;
}

uint32_t Statements::at_line(uint32_t file, uint32_t line) {
  open(file);
  const auto imports = scanned_.facts[file].imports();
  for (uint32_t i = 0; i < imports.size() && imports[i].line <= line; ++i) {
    if (covers(imports[i], line)) return i;
  }
  return kNothing;
}

bool Statements::reads(uint32_t file, uint32_t line, std::string_view quoted) {
  if (quoted.empty()) return true;
  open(file);
  const std::vector<std::string_view> lines = split_lines(text_);
  if (line == 0 || line > lines.size()) return false;
  const std::string now = without_spaces(lines[line - 1]);
  const std::string then = without_spaces(quoted);
  return !now.empty() && (now.starts_with(then) || then.starts_with(now));
}

std::span<const Resolution> Statements::rows(uint32_t file, uint32_t statement) const {
  const auto place = [](const Resolution& row) {
    return std::pair(index_of(row.file), row.import);
  };
  const auto found =
      std::ranges::equal_range(resolved_.resolutions, std::pair(file, statement), {}, place);
  return {found.begin(), found.end()};
}

std::string Statements::as_written(uint32_t file, uint32_t statement) const {
  const FileFacts& facts = scanned_.facts[file];
  const Import& import = facts.imports()[statement];
  return std::string(import.level, '.').append(facts.name(import.module));
}

std::string Statements::module(uint32_t file, uint32_t statement) const {
  for (const Resolution& row : rows(file, statement)) {
    if (row.name != UINT32_MAX) continue;
    const std::string_view asked = resolved_.module_asked(row);
    if (!asked.empty()) return std::string(asked);
  }
  return as_written(file, statement);
}

bool Statements::names_module(const std::string& asked, const Import& import,
                              const FileFacts& facts, std::string_view named) const {
  if (is_prefix(named, asked)) return true;
  if (!is_prefix(asked, named)) return false;
  // `from a import b` for "a.b".
  std::string_view rest = named.substr(asked.size() + 1);
  rest = rest.substr(0, rest.find('.'));
  return import.is_from && imports_name(facts, import, rest);
}

/// Tools name a module absolutely or as it is written, whole or up to the part that is missing.
bool Statements::says(uint32_t file, uint32_t statement, const ToolEntry& entry) const {
  const FileFacts& facts = scanned_.facts[file];
  const Import& import = facts.imports()[statement];
  const std::string written = as_written(file, statement);
  const std::string asked = module(file, statement);
  const bool is_dots = entry.module.find_first_not_of('.') == std::string::npos;
  if (!entry.module.empty() && is_dots) {
    if (import.level != entry.module.size()) return false;
  } else if (!entry.module.empty() && entry.module != written &&
             !names_module(asked, import, facts, entry.module)) {
    return false;
  }
  if (entry.symbols.empty()) return true;
  return std::ranges::any_of(entry.symbols, [&](const std::string& symbol) {
    if (import.is_from && imports_name(facts, import, symbol)) return true;
    return is_prefix(entry.module + '.' + symbol, asked);  // "no b in a" of `import a.b`
  });
}

}  // namespace headwater::triage
