#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headwater::project {

/// `PYTHONPATH = value` in some language of settings.
struct PythonPathAssignment {
  std::string value;  // as written, without quotes
  uint32_t line = 0;  // 1-based
};

/// The assignments in a text, line by line: `PYTHONPATH=a:b`, `PYTHONPATH: a`, with `:=`, `?=` and
/// `+=`, and the name or the value in quotes. One reader for shell, make, YAML, TOML and INI files:
/// only what stands on the line of the name is read, and lines that begin with `#` or `;` are not.
std::vector<PythonPathAssignment> python_path_assignments(std::string_view text);

/// The folders that a value names, in order; those that only other variables tell are left out.
/// What stands for the folder where the value holds (`$PWD`, `{toxinidir}`, `$(CURDIR)`,
/// `${{ github.workspace }}`) is `.`.
struct PythonPathFolders {
  std::vector<std::string> folders;  // normalized; relative or absolute
  bool has_unread = false;
};
PythonPathFolders python_path_folders(std::string_view value);

}  // namespace headwater::project
