#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/named_string.h"

namespace headwater {

/// An installed module that first-party imports reach at import time, with what it says.
struct InstalledCode {
  uint32_t module = UINT32_MAX;  // ModuleId
  FileFacts facts{};
  uint32_t first_row = 0;  // into ResolvedTree::installed_rows
  uint32_t row_count = 0;
  uint32_t environment = 0;  // that it lies in, as environment_of() numbers them
  /// Its distribution has lost files, and whether it asks for one of them is not known: it imports
  /// by computed names, or it stands in for a compiled module that is gone.
  bool is_in_doubt = false;
};

/// Every import of a SourceTree with what it finds.
struct ResolvedTree {
  std::vector<Module> modules;          // the ModuleTable
  std::vector<Resolution> resolutions;  // by file, import, name
  std::vector<Wanted> wanted;           // in the order of the resolutions that point here
  std::vector<std::string>
      module_name;             // by FileId: the file's canonical dotted name; empty for an entry
  std::vector<uint32_t> root;  // by FileId: into ProjectLayout::roots, or UINT32_MAX

  /// Where something installed can fail: what first-party imports reach of it, by name and file,
  /// and the rows of its import-time statements. Their `file` is an index into `installed`.
  std::vector<InstalledCode> installed;
  std::vector<Resolution> installed_rows;

  std::vector<StringTarget> strings;  // by NamedString, as they were asked for

  /// The absolute dotted name that the row's statement asks for; empty if it cannot be formed.
  std::string_view module_asked(const Resolution& row) const {
    if (row.wanted != UINT32_MAX) return wanted[row.wanted].module;
    return row.target == UINT32_MAX ? std::string_view()
                                    : std::string_view(modules[row.target].name);
  }
  /// Of a kUnshown row of the file that has `facts`: the name that is not shown.
  std::string_view unshown_name(const Resolution& row, const FileFacts& facts) const {
    if (row.name != UINT32_MAX) return facts.name(facts.imported_names()[row.name].name);
    const std::string_view read = wanted[row.wanted].module;
    return read.substr(read.rfind('.') + 1);
  }
  std::string_view missing_prefix(const Resolution& row) const {
    return row.wanted == UINT32_MAX ? std::string_view() : wanted[row.wanted].missing_prefix;
  }
  std::string_view shadowed_by(const Resolution& row) const {
    return row.wanted == UINT32_MAX ? std::string_view() : wanted[row.wanted].shadowed_by;
  }
};

}  // namespace headwater
