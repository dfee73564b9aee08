#include "project/pytest.h"

#include <fnmatch.h>
#include <toml++/toml.h>

#include <algorithm>

#include "base/paths.h"
#include "base/text.h"
#include "project/ini_file.h"

namespace headwater::project {
namespace {

using Words = std::vector<std::string>;
constexpr uint64_t kMaxFileBytes = 16 << 20;

/// As shlex splits them, for values of one or more lines: quotes hold words together.
Words split_words(std::string_view text) {
  Words words;
  std::string word;
  bool is_open = false;
  char quote = 0;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (quote != 0 ? c == quote : c == '"' || c == '\'') {
      quote = quote != 0 ? '\0' : c;
      is_open = true;
    } else if (quote != 0 || !is_space) {
      word += c;
      is_open = true;
    } else if (is_open) {
      words.push_back(std::move(word));
      word.clear();
      is_open = false;
    }
  }
  if (is_open) words.push_back(std::move(word));
  return words;
}

void set_option(PytestConfiguration& configuration, std::string_view key, Words words) {
  const auto in_tree = [&](const std::string& path) {
    return normalize_path(join_path(configuration.rootdir, path));
  };
  if (key == "pythonpath") {
    for (const std::string& path : words) configuration.python_path.push_back(in_tree(path));
  } else if (key == "testpaths") {
    for (const std::string& path : words) configuration.test_paths.push_back(in_tree(path));
  } else if (key == "python_files") {
    configuration.python_files = std::move(words);
  } else if (key == "addopts") {
    for (size_t i = 0; i < words.size(); ++i) {
      std::string_view option = words[i];
      if (option == "--import-mode" && i + 1 < words.size()) option = words[++i];
      if (option.starts_with("--import-mode=")) option.remove_prefix(14);
      if (option == "prepend") configuration.import_mode = ImportMode::kPrepend;
      if (option == "append") configuration.import_mode = ImportMode::kAppend;
      if (option == "importlib") configuration.import_mode = ImportMode::kImportlib;
    }
  }
}

bool read_ini(const std::string& text, const std::string& section, PytestConfiguration& out) {
  const IniFile ini = parse_ini(text);
  const auto found = ini.find(section);
  if (found == ini.end()) return false;
  for (const auto& [key, value] : found->second) set_option(out, key, split_words(value));
  return true;
}

/// Lists are taken as they are; texts are split into words, as in an INI file.
bool read_table(const toml::node_view<const toml::node>& node, PytestConfiguration& out) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return false;
  for (const auto& [key, value] : *table) {
    Words words;
    if (const auto text = value.value<std::string>()) words = split_words(*text);
    const toml::array* array = value.as_array();
    for (size_t i = 0; array != nullptr && i < array->size(); ++i) {
      if (const auto text = (*array)[i].value<std::string>()) words.push_back(*text);
    }
    set_option(out, key.str(), std::move(words));
  }
  return true;
}

/// A file that is no TOML is said where it is read as a project's.
bool read_toml(const std::string& text, std::string_view name, PytestConfiguration& out) {
  try {
    const toml::table document = toml::parse(text);
    if (name != "pyproject.toml") {
      read_table(document.at_path("pytest"), out);
      return true;
    }
    // [tool.pytest] holds ini_options and, from pytest 9 on, options of its own.
    const bool has_options = read_table(document.at_path("tool.pytest.ini_options"), out);
    return has_options || read_table(document.at_path("tool.pytest"), out);
  } catch (const toml::parse_error&) {
    return false;
  }
}

}  // namespace

bool PytestConfiguration::takes(std::string_view file_path) const {
  return file_name(file_path) == "conftest.py" || collects(file_path);
}

bool PytestConfiguration::collects(std::string_view file_path) const {
  const std::string name(file_name(file_path));
  const bool fits = std::any_of(python_files.begin(), python_files.end(), [&](const auto& glob) {
    const bool has_folders = glob.find('/') != std::string::npos;
    const std::string& text = has_folders ? std::string(file_path) : name;
    return fnmatch((has_folders ? "*" + glob : glob).c_str(), text.c_str(), 0) == 0;
  });
  if (!fits || test_paths.empty()) return fits;
  return std::any_of(test_paths.begin(), test_paths.end(), [&](const std::string& path) {
    if (path.find_first_of("*?[") == std::string::npos) return is_within(file_path, path);
    return fnmatch((path + "*").c_str(), std::string(file_path).c_str(), 0) == 0;
  });
}

PytestConfigurations::PytestConfigurations(const FileSystem& files, const std::string& tree_root)
    : files_(files), tree_root_(tree_root) {}

PytestConfigurations::Level PytestConfigurations::read(const std::string& folder) const {
  Level level;
  // In pytest's order of precedence.
  constexpr std::string_view kNames[] = {"pytest.toml", ".pytest.toml",   "pytest.ini",
                                         ".pytest.ini", "pyproject.toml", "tox.ini",
                                         "setup.cfg"};
  for (const std::string_view name : kNames) {
    const std::string file = join_path(folder, name);
    const auto text = files_.read(join_path(tree_root_, file), kMaxFileBytes);
    if (!text) continue;
    level.has_pyproject |= name == "pyproject.toml";
    PytestConfiguration found;
    found.rootdir = folder;
    found.file = file;
    bool is_one = false;
    if (name.ends_with(".toml")) {
      is_one = read_toml(*text, name, found);
    } else if (name == "setup.cfg") {
      is_one = read_ini(*text, "tool:pytest", found);
    } else {
      is_one = read_ini(*text, "pytest", found) || name != "tox.ini";  // theirs even if empty
    }
    if (!is_one) continue;
    level.configuration = std::make_shared<const PytestConfiguration>(std::move(found));
    return level;
  }
  level.has_setup_py = files_.is_file(join_path(join_path(tree_root_, folder), "setup.py"));
  return level;
}

const PytestConfigurations::Levels::value_type& PytestConfigurations::level(
    const std::string& folder) {
  const auto known = levels_.find(folder);
  return known != levels_.end() ? *known : *levels_.emplace(folder, read(folder)).first;
}

const PytestConfiguration& PytestConfigurations::of(std::string_view folder) {
  if (const auto known = by_folder_.find(folder); known != by_folder_.end()) return *known->second;
  std::shared_ptr<const PytestConfiguration> found;
  const std::string* project = nullptr;
  const std::string* script = nullptr;
  for (std::string at(folder);; at = parent_path(at)) {
    const auto& [path, here] = level(at);
    found = here.configuration;
    if (found) break;
    if (here.has_pyproject && project == nullptr) project = &path;
    if (here.has_setup_py && script == nullptr) script = &path;
    if (at.empty()) break;
  }
  if (!found) {
    PytestConfiguration made;
    if (script != nullptr) made.rootdir = *script;
    if (project != nullptr) made.rootdir = *project;
    found = std::make_shared<const PytestConfiguration>(std::move(made));
  }
  return *by_folder_.emplace(folder, std::move(found)).first->second;
}

}  // namespace headwater::project
