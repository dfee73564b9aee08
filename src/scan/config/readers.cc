#include "scan/config/readers.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/paths.h"
#include "model/naming_file.h"
#include "scan/config/logging_tables.h"

namespace headwater::scan {
namespace {

/// What headwater is told is nothing that it audits.
bool is_toml(std::string_view path) {
  return path.ends_with(".toml") && file_name(path) != "headwater.toml";
}
bool is_project_file(std::string_view path) { return file_name(path) == "pyproject.toml"; }
bool is_json(std::string_view path) {
  return path.ends_with(".json") || path.ends_with(".jsonc") || path.ends_with(".json5");
}

bool is_ini(std::string_view path) {
  return path.ends_with(".ini") || path.ends_with(".cfg") || file_name(path) == "entry_points.txt";
}

bool has_commands(std::string_view path) {
  const auto kind = kind_of_naming_file(parent_path(path), file_name(path));
  return kind && says_how_code_runs(*kind);
}

/// One row of the table of readers. All that fit a path read the file.
struct ConfigReader {
  bool (*takes)(std::string_view path);
  /// What its files are read for without keys of one's own; nullptr: for nothing.
  bool (*is_needed)(std::string_view path);
  void (*read)(const ConfigSource& source, std::vector<ConfigString>& out);
};

constexpr std::array kReaders = std::to_array<ConfigReader>({
    {has_commands, has_commands, read_command_strings},
    {is_ini, is_ini, read_ini_strings},
    {is_json, is_logging_file, read_json_strings},
    {is_toml, is_project_file, read_toml_strings},
    {is_yaml, is_logging_file, read_yaml_strings},
});

/// Folders of templates and of what tests read: nothing in them is run as it stands.
bool is_of_templates(std::string_view path) {
  constexpr std::array<std::string_view, 9> kFolders = {
      "templates",        "template",     "fixtures", "testdata",    "test_data",
      "project_template", "app_template", "skeleton", "cookiecutter"};
  if (path.find("{{") != std::string_view::npos || path.find("{%") != std::string_view::npos) {
    return true;
  }
  for (std::string_view folder = parent_path(path); !folder.empty(); folder = parent_path(folder)) {
    if (std::ranges::find(kFolders, file_name(folder)) != kFolders.end()) return true;
  }
  return false;
}

bool begins_identifier(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool is_read(const ConfigSource& source) {
  const bool wants_all = source.wants_paths || !source.own_keys.empty();
  return std::ranges::any_of(kReaders, [&](const ConfigReader& reader) {
    return reader.takes(source.path) && (wants_all || reader.is_needed(source.path));
  });
}

bool may_name_code(std::string_view path) {
  // Hydra's files are told by what the sources import.
  return (is_yaml(path) || is_read({path, {}})) && !is_of_templates(path);
}

bool may_have_own_keys(std::string_view path) {
  const bool is_taken =
      std::ranges::any_of(kReaders, [&](const ConfigReader& reader) { return reader.takes(path); });
  return is_taken && !is_of_templates(path);
}

std::vector<ConfigString> read_config_strings(const ConfigSource& source) {
  std::vector<ConfigString> found;
  if (source.text.find('\0') != std::string_view::npos) return found;
  for (const ConfigReader& reader : kReaders) {
    if (reader.takes(source.path)) reader.read(source, found);
  }
  std::ranges::stable_sort(found, {}, [](const ConfigString& one) {
    return std::tie(one.line, one.column, one.key, one.name);
  });
  return found;
}

bool is_template(std::string_view text) {
  return text.find_first_of("{}$%<>") != std::string_view::npos;
}

bool is_dotted_name(std::string_view text, bool alone) {
  size_t parts = 0;
  bool begins = true;
  for (const char c : text) {
    if (c == '.') {
      if (begins) return false;
      begins = true;
    } else if (begins) {
      if (!begins_identifier(c)) return false;
      begins = false;
      ++parts;
    } else if (!begins_identifier(c) && !(c >= '0' && c <= '9')) {
      return false;
    }
  }
  return !begins && (parts > 1 || (alone && parts == 1));
}

}  // namespace headwater::scan
