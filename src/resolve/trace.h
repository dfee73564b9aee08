#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headwater::resolve {

/// What the strings of one file have asked for.
struct TracedStrings {
  uint64_t identity = 0;        // of the strings
  uint32_t begin = 0;           // of their targets, into ResolvedTree::strings
  std::vector<uint32_t> asked;  // ascending: itself, too
  /// Names of modules and classes, of all importers of which was asked: another one may change it.
  std::vector<std::string> words;
};

/// How a tree was resolved, as far as resolve_again() has to know. Files are FileIds, modules
/// ModuleIds, names those of the resolved tree.
struct ResolveTrace {
  /// The names that a file puts into `sys.modules`.
  struct Registered {
    uint32_t file = UINT32_MAX;
    std::vector<std::string> names;
  };
  /// Who sets a missing name on its module.
  static constexpr uint32_t kNobody = UINT32_MAX;
  static constexpr uint32_t kItself = UINT32_MAX - 1;
  struct Missing {
    std::string name;
    uint32_t setter = kNobody;  // a file, or one of the above
  };
  /// A module of which names are missing.
  struct Suspect {
    uint32_t module = UINT32_MAX;
    std::vector<Missing> missing;  // by name
    std::vector<uint32_t> asked;   // files that tell whether it sets them itself
  };

  bool is_whole = false;               // false: everything has to be resolved again
  std::vector<std::string> package;    // by file, as CanonicalNames has it
  std::vector<uint32_t> asked_ends;    // by file: where what it has asked for ends in `asked`
  std::vector<uint32_t> asked;         // by file, ascending: not itself
  std::vector<Registered> registered;  // by file
  std::vector<Suspect> suspects;       // by module
  std::vector<TracedStrings> strings;  // by file
};

}  // namespace headwater::resolve
