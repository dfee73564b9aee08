#pragma once

#include <string>
#include <vector>

namespace headwater {

/// What the text of a class says of the attributes that the class itself has.
struct ClassOutline {
  std::string name;                  // within its module: `Outer.Inner`
  std::vector<std::string> members;  // sorted, distinct; a few more than there are
  std::vector<std::string> bases;    // dotted names as written; empty: something computed
  /// What is called for the value of a member, dotted as written; sorted, distinct.
  std::vector<std::string> makers;
  bool is_open = false;  // it may have others: a decorator, a metaclass, code that makes names
};

}  // namespace headwater
