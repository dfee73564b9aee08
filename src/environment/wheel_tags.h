#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "environment/record.h"
#include "model/python_environment.h"

namespace headwater::environment {

/// What compiled modules must have been built for. A `version` of 0.0 and an empty `platform` are
/// not known and judge nothing.
struct BuildTarget {
  PythonVersion version;
  std::string platform;  // as PythonEnvironment::platform
  std::string implementation = "cpython";
};

/// The values of the `Tag` fields of a WHEEL file (PEP 427), in its order.
std::vector<std::string> wheel_tags(std::string_view wheel);

/// What the compiled modules among `files` need instead of `target`, in words such as "CPython 3.9"
/// or "macOS". Empty where some can be loaded, there are none, or it is not known. `tags`: of the
/// distribution's WHEEL.
std::string foreign_build(const std::vector<RecordedFile>& files,
                          const std::vector<std::string>& tags, const BuildTarget& target);

/// The Python that most of the tag lists name with its own ABI, `cp312-cp312-...`; 0.0 if none
/// does.
PythonVersion version_of_tags(const std::vector<std::vector<std::string>>& tag_lists);

}  // namespace headwater::environment
