#pragma once

#include <cstdint>
#include <vector>

#include "model/resolved_tree.h"

namespace headwater::resolve {

/// One tree of what was resolved in several environments: `parts` by environment, each with the
/// rows of the files that `of_file` (by FileId) gives it and of no other. A first-party module is
/// the same in all; installed ones are told apart by their files.
ResolvedTree merged(std::vector<ResolvedTree> parts, const std::vector<uint32_t>& of_file);

}  // namespace headwater::resolve
