#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace headwater::walk {

/// One line of a .gitignore (gitignore(5)).
struct IgnorePattern {
  std::string glob;
  uint32_t literal_size = 0;  // how much of the glob's start stands for itself
  bool is_suffix = false;     // `*` and then only what stands for itself: the commonest shape
  bool negated = false;
  bool folders_only = false;
  bool anchored = false;  // holds a slash: matched against the path below the file's folder

  bool matches(std::string_view text) const;
};

/// The patterns of one file, and of those of the folders above it. Immutable, so threads share it.
class IgnoreRules {
 public:
  enum class Verdict { kUndecided, kIgnored, kKept };

  /// `folder`: the path of the file's folder relative to the top, "" for the top, without a final
  /// slash.
  IgnoreRules(std::shared_ptr<const IgnoreRules> above, std::string folder, std::string_view text);

  /// What the last matching pattern says of `path` (relative to the top); inner files win over
  /// outer ones. A folder that is ignored hides all below it: do not ask about that.
  Verdict verdict(std::string_view path, bool is_folder) const;

 private:
  std::shared_ptr<const IgnoreRules> above_;
  std::string folder_;
  std::vector<IgnorePattern> patterns_;
};

}  // namespace headwater::walk
