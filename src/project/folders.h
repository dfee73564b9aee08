#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/source_tree.h"

namespace headwater::project {

/// A folder that is not part of a regular package and holds what can be imported: the first folder
/// upward without `__init__` from some source file.
struct CandidateRoot {
  bool holds_packages = false;  // regular packages, directly
  bool holds_modules = false;   // modules, directly; files of tools such as setup.py do not count
  bool has_setup_py = false;
};

/// By path relative to the tree, "" for the tree itself, which never counts as a package. A folder
/// without `__init__` somewhere inside a regular package is a part of that package, no candidate.
using CandidateRoots = std::map<std::string, CandidateRoot>;

CandidateRoots find_candidate_roots(const SourceTree& tree);

}  // namespace headwater::project
