#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/python_environment.h"

namespace headwater {

/// Whether a module of a version's standard library has a name, submodules included. Tables made
/// from interpreters say so, of CPython 3.9 to 3.14.
enum class LibraryName : uint8_t {
  kUnknown,  // not in the tables, or it depends on platform or build
  kHas,      // on Linux
  kMayHave,  // on another platform, in another build
  kLacks,    // on all of them
};

LibraryName library_name(const PythonEnvironment& environment, std::string_view module,
                         std::string_view name);

/// Whether `module.name` can be imported, by the same tables. kUnknown also where `module` is a
/// package that has the name, as a submodule or otherwise.
LibraryName library_submodule(const PythonEnvironment& environment, std::string_view module,
                              std::string_view name);

/// Of a name that the environment's version lacks, a clause for people on which other has it:
/// "Python 3.10 removed it", "new in Python 3.11", "of Python 2"; empty if none has it.
std::string library_name_history(const PythonEnvironment& environment, std::string_view module,
                                 std::string_view name);

/// All names of a standard library module, as far as they are listed.
struct LibraryModuleNames {
  std::vector<std::string_view> has;  // on Linux
  std::vector<std::string_view> may_have;
  bool is_open = false;         // it answers to more than it lists
  bool is_public_only = false;  // private ones are not listed: reading its source shows them
  bool is_by_platform = false;  // other platforms and builds have more
};

std::optional<LibraryModuleNames> library_module_names(const PythonEnvironment& environment,
                                                       std::string_view module);

}  // namespace headwater
