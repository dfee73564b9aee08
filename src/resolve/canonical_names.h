#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_layout.h"
#include "model/source_tree.h"

namespace headwater::resolve {

/// How the files of a tree are called, by FileId.
struct CanonicalNames {
  std::vector<uint32_t> root;             // the longest that contains it; UINT32_MAX: none
  std::vector<std::string> name;          // dotted; empty for an entry: a script or a notebook
  std::vector<std::string> package;       // `__package__`; empty at the top level
  std::vector<std::string> root_folders;  // absolute, by ProjectLayout::roots
};

/// As CanonicalNames has them.
std::vector<std::string> root_folders(const SourceTree& tree, const ProjectLayout& layout);

CanonicalNames canonical_names(const SourceTree& tree, const ProjectLayout& layout);

/// Whether an import statement could name it: ASCII rules; bytes above pass.
bool is_identifier(std::string_view text);

}  // namespace headwater::resolve
