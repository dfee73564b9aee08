#pragma once

#include <vector>

#include "model/resolution.h"
#include "resolve/symbols.h"
#include "resolve/world.h"

namespace headwater::resolve {

/// A row whose target is not numbered yet.
struct OpenRow {
  Resolution row;
  const Node* target = nullptr;
};

/// The rows of one file, by import and name.
std::vector<OpenRow> resolve_file(const World& world, const Symbols& symbols, uint32_t file);

}  // namespace headwater::resolve
