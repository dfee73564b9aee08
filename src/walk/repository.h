#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "walk/ignore_rules.h"

namespace headwater::walk {

using Rules = std::shared_ptr<const IgnoreRules>;

/// The ignore rules that hold at a folder before its own are read.
struct RulesAbove {
  Rules rules;         // null where there is no repository
  std::string prefix;  // the folder relative to the repository's top, with a final slash, or ""
  std::vector<Error> unread;
};

/// Looks upward from `root`, an absolute path without links, for the repository that holds it; then
/// reads .git/info/exclude and every .gitignore from the top down to the folder above `root`.
RulesAbove rules_above(const FileSystem& files, const std::string& root);

/// `above` with the .gitignore of `folder` on top, if it has one. `place` is the folder relative to
/// the repository's top. git does not read a .gitignore that is a link, nor do we.
Result<Rules> with_ignore_file(const FileSystem& files, Rules above, const std::string& folder,
                               std::string place);

/// The rules of a repository inside of the one that is walked: those outside do not hold in it.
Rules rules_of_inner_repository(const FileSystem& files, const std::string& folder,
                                std::string place);

}  // namespace headwater::walk
