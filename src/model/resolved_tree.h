#pragma once

#include <string>
#include <vector>

#include "model/resolution.h"

namespace headwater {

/// Every import of a SourceTree with what it finds.
struct ResolvedTree {
  std::vector<Module> modules;          // the ModuleTable
  std::vector<Resolution> resolutions;  // by file, import, name
  std::vector<std::string>
      module_name;             // by FileId: the file's canonical dotted name; empty for an entry
  std::vector<uint32_t> root;  // by FileId: into ProjectLayout::roots, or UINT32_MAX
};

}  // namespace headwater
