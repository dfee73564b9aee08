#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/resolution.h"

namespace headwater {

/// Every import of a SourceTree with what it finds.
struct ResolvedTree {
  std::vector<Module> modules;          // the ModuleTable
  std::vector<Resolution> resolutions;  // by file, import, name
  std::vector<Wanted> wanted;           // in the order of the resolutions that point here
  std::vector<std::string>
      module_name;             // by FileId: the file's canonical dotted name; empty for an entry
  std::vector<uint32_t> root;  // by FileId: into ProjectLayout::roots, or UINT32_MAX

  /// The absolute dotted name that the row's statement asks for; empty if it cannot be formed.
  std::string_view module_asked(const Resolution& row) const {
    if (row.wanted != UINT32_MAX) return wanted[row.wanted].module;
    return row.target == UINT32_MAX ? std::string_view()
                                    : std::string_view(modules[row.target].name);
  }
  std::string_view missing_prefix(const Resolution& row) const {
    return row.wanted == UINT32_MAX ? std::string_view() : wanted[row.wanted].missing_prefix;
  }
  std::string_view shadowed_by(const Resolution& row) const {
    return row.wanted == UINT32_MAX ? std::string_view() : wanted[row.wanted].shadowed_by;
  }
};

}  // namespace headwater
