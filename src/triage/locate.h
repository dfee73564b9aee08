#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/import_graph.h"
#include "model/source_tree.h"

namespace headwater::triage {

/// Where a path of a report leads.
struct Located {
  uint32_t file = kNothing;  // into SourceTree::files
  bool is_gone = false;      // a path of the repository that no file has
  std::string why;           // where there is no file: a clause
};

/// Finds files by paths that were written on another machine or in another folder. The path itself
/// comes first, then the longest end that one file alone shares with it. All of one of the two must
/// be shared, or more than a file's name: files are often called alike.
class FileFinder {
 public:
  explicit FileFinder(const SourceTree& tree);

  Located find(const std::string& path);
  /// kNothing: no file has just this path.
  uint32_t exact(const std::string& path) const;

 private:
  struct Match {
    uint32_t file = kNothing;
    size_t parts = 0;       // that are shared, from the end
    bool is_whole = false;  // all of one of the paths
    bool is_ambiguous = false;
    uint32_t other = kNothing;  // if it is ambiguous
    /// A name alone is not enough.
    bool shares_an_end() const { return is_whole || parts > 1; }
  };
  Match best(const std::string& path) const;

  const SourceTree& tree_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> by_name_;
  std::map<std::string, Located> known_;
};

}  // namespace headwater::triage
