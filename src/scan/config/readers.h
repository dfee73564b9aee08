#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/named_string.h"
#include "scan/config/value.h"

namespace headwater::scan {

/// A string of one configuration file. See NamedString.
struct ConfigString {
  uint32_t line = 0;
  uint32_t column = 0;
  std::string key;
  std::string name;
  std::string_view reader;
  NameUse use = NameUse::kObject;
  bool is_optional = false;
  bool is_of_command = false;
  std::string unknown_because{};
};

/// One configuration file with what decides how it is read.
struct ConfigSource {
  std::string_view path;  // relative to the repository
  std::string_view text;
  std::span<const OwnStringKey> own_keys{};
  bool wants_paths = false;  // also texts that clearly are paths
};

/// The strings of one file, by line and column. Any bytes are data.
std::vector<ConfigString> read_config_strings(const ConfigSource& source);

/// Whether a file of this path may name code: the walk asks it of every file. Data are left out,
/// JSON above all, of which a repository may have any number.
bool may_name_code(std::string_view path);
/// The same where there are keys of one's own, which may stand anywhere.
bool may_have_own_keys(std::string_view path);
/// Whether read_config_strings() would look into the file, by its path and what is wanted.
bool is_read(const ConfigSource& source);

/// The reader of a folder that a command adds to what Hydra reads. Whether it is one of Hydra's
/// programs the sources tell.
inline constexpr std::string_view kHydraFolder = "hydra --config-dir";

/// Whether the text is filled in before it is a configuration: jinja, cookiecutter, a shell's `$`.
bool is_template(std::string_view text);
/// Whether `text` is a dotted name of two or more identifiers, or of one if `alone`.
bool is_dotted_name(std::string_view text, bool alone = false);

// Each in its own file.
void read_toml_strings(const ConfigSource& source, std::vector<ConfigString>& out);
void read_ini_strings(const ConfigSource& source, std::vector<ConfigString>& out);
void read_json_strings(const ConfigSource& source, std::vector<ConfigString>& out);
void read_yaml_strings(const ConfigSource& source, std::vector<ConfigString>& out);
void read_command_strings(const ConfigSource& source, std::vector<ConfigString>& out);

}  // namespace headwater::scan
