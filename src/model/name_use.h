#pragma once

#include <cstdint>

namespace headwater {

/// What a string has to name, by who reads it.
enum class NameUse : uint8_t {
  kModule,          // imported under this name
  kProgram,         // run by `python -m`: a package needs its `__main__`
  kObject,          // a module, then attributes
  kModuleOrObject,  // one of the two
  kAttribute,       // what is replaced in a module or class; built-in names count for modules
  kTask,            // a name that is a module and its function unless code says otherwise
  kModel,           // Django's `label.Model`
  kPath,            // a file or folder of the repository
  kForeignPath,     // an absolute path that another machine has
};

}  // namespace headwater
