#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "model/entry_paths.h"
#include "model/source_tree.h"

namespace headwater::scripts_audit {

struct CandidateOptions {
  std::vector<std::string> folders;  // whose files are asked for, relative to the tree; empty: all
  /// Folders without an `__init__.py` whose modules others import as `folder.module`.
  std::set<std::string, std::less<>> namespace_packages;
};

struct Candidate {
  uint32_t file;  // FileId
  bool is_in_package = false;
  bool stands_alone =
      true;  // in a folder of scripts or in no package: by itself, not because asked
};

/// The stand-alone scripts and notebooks, by path: what lies below a folder called scripts, tools,
/// bin, examples or notebooks that is in no package, and what is outside of every package. Not
/// tests, and not what a tool runs by its name. Whoever names a folder of a package gets its
/// modules, too.
std::vector<Candidate> stand_alone_files(const SourceTree& tree, const EntryPaths& paths,
                                         const CandidateOptions& options);

/// Whether a path is that of a test, by its name or a folder's.
bool is_of_tests(std::string_view path);

}  // namespace headwater::scripts_audit
