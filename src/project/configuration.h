#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "model/deferral.h"
#include "model/named_string.h"
#include "model/python_environment.h"

namespace headwater::project {

/// `[tool.headwater]` of pyproject.toml, or headwater.toml; all keys are optional.
struct Configuration {
  std::string file;                  // relative to the repository; empty: nothing is configured
  std::vector<std::string> roots;    // relative to the repository
  std::vector<std::string> exclude;  // patterns as --exclude takes them
  std::vector<std::string> select;   // codes and prefixes
  std::vector<std::string> ignore;   // codes and prefixes
  std::vector<std::string> known_modules;  // `plugins.*`: there, whatever the disk says
  std::string environment;                 // as --env; a relative path is one of the repository
  std::optional<PythonVersion> python_version;
  std::optional<uint64_t> max_file_size;  // bytes
  std::string baseline;                   // relative to the repository; empty: the usual name
  std::string fail_on;                    // "fault" or empty
  std::vector<Deferral> deferrals;
  std::vector<OwnStringKey> strings;  // `[tool.headwater.strings]`, by key
};

/// Reads the configuration that lies in `repository` (absolute). headwater.toml wins where both
/// are there. An unknown key, a value of another type and a file that cannot be read or is no TOML
/// are Errors whose path is `file`, or `file:line:column` where there is one.
Result<Configuration> read_configuration(const FileSystem& files, const std::string& repository);

}  // namespace headwater::project
