#pragma once

#include <vector>

#include "model/resolution.h"
#include "resolve/symbols.h"
#include "resolve/world.h"

namespace headwater::resolve {

/// The rows of one file, by import and name, before modules are numbered: `target` is the serial of
/// the finder's node, `wanted` an index into this file's.
struct FileRows {
  std::vector<Resolution> rows;
  std::vector<Wanted> wanted;
  std::vector<uint32_t> asked;  // the files that they depend on beside their own; ascending
};

FileRows resolve_file(const World& world, const Symbols& symbols, uint32_t file);

}  // namespace headwater::resolve
