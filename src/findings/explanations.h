#pragma once

#include <string_view>

namespace headwater::findings {

/// What a person is told about a code.
struct Explanation {
  std::string_view meaning;
  /// A tree that has the finding, and the command that shows it. A file's name has two blanks
  /// before it, its lines four; `{env}` is the environment's site-packages, and
  /// `installed: NAME VERSION[, requires NAME]` a distribution in it that is whole. The line that
  /// the finding is about ends in a comment with the code. Tests build the tree and run the
  /// command.
  std::string_view example;
  std::string_view remedy;
};

/// `code` is one of finding_kinds().
const Explanation& explanation(std::string_view code);

}  // namespace headwater::findings
